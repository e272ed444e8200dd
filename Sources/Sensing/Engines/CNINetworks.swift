internal import Docker
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import SystemPackage

/// The bridge networks in /etc/cni/net.d, of which each file names one (CNI specification, "Network configuration
/// format").
struct CNINetworks {
  struct Found {
    let network: EngineNetwork
    /// Whether Podman wrote the file (before it had netavark) rather than a user of containerd.
    let isPodmans: Bool
  }

  private(set) var networks: [Found] = []
  /// The first mistake, as "FILE:LINE: what".
  private(set) var mistake: String?

  static func read(_ root: borrowing ProcessRoot) -> CNINetworks {
    var all = CNINetworks()
    let folder = "/etc/cni/net.d"
    let names = ((try? root.list(folder)) ?? []).filter { name in
      [".conf", ".conflist", ".json"].contains { name.hasSuffix($0) }
    }
    for name in names {
      let path = "\(folder)/\(name)"
      do {
        let value = try JSONValue(parsing: root.read(path))
        for network in networks(value) {
          all.networks.append(Found(network: network, isPodmans: isPodmans(value, file: name)))
        }
      } catch let error as ConfigurationMistake {
        all.mistake = all.mistake ?? "\(path):\(error.line): \(error.what)"
      } catch {
        all.mistake = all.mistake ?? "\(error)"
      }
    }
    return all
  }

  private static func isPodmans(_ value: JSONValue, file: String) -> Bool {
    file.contains("podman") || value["args"]?["podman_labels"] != nil || value["name"]?.text == "podman"
  }

  /// The networks of the bridge plugins in a list, or of the one plugin that a file configures.
  static func networks(_ file: JSONValue) -> [EngineNetwork] {
    let plugins = file["plugins"]?.values ?? [file]
    let name = file["name"]?.text ?? "cni"
    return plugins.filter { $0["type"]?.text == "bridge" }.map { plugin in
      EngineNetwork(
        id: name,
        name: name,
        driver: "bridge",
        bridge: plugin["bridge"]?.text ?? "cni0",
        pools: plugin["ipam"].map(pools) ?? [],
        options: plugin["ipMasq"].map { ["ipMasq": $0.description] } ?? [:]
      )
    }
  }

  /// `subnet` of the plugin host-local, or its `ranges`: a list of lists.
  private static func pools(_ ipam: JSONValue) -> [EngineNetwork.Pool] {
    let ranges = (ipam["ranges"]?.values ?? []).flatMap(\.values)
    return ([ipam] + ranges).compactMap { range in
      guard let subnet = range["subnet"]?.text.flatMap({ IPPrefix($0) }) else { return nil }
      return .init(subnet: subnet, gateway: range["gateway"]?.text.flatMap { IPAddress($0) })
    }
  }
}
