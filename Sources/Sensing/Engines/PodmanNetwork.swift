internal import Docker
internal import NetworkTypes
internal import Observation

/// Podman's networks as netavark's files have them (podman-network(1), containers.conf(5)).
enum PodmanNetwork {
  /// A file in /etc/containers/networks; nil for one that isn't a bridge's.
  static func read(_ file: JSONValue) -> EngineNetwork? {
    guard file["driver"]?.text == "bridge", let name = file["name"]?.text else { return nil }
    var options: [String: String] = [:]
    if case .object(let members) = file["options"] {
      for member in members { options[member.key] = member.value.text }
    }
    return EngineNetwork(
      id: file["id"]?.text ?? name,
      name: name,
      driver: "bridge",
      bridge: file["network_interface"]?.text,
      isDefault: name == "podman",
      isInternal: file["internal"] == .boolean(true),
      pools: (file["subnets"]?.values ?? []).compactMap { subnet in
        guard let prefix = subnet["subnet"]?.text.flatMap({ IPPrefix($0) }) else { return nil }
        return .init(subnet: prefix, gateway: subnet["gateway"]?.text.flatMap { IPAddress($0) })
      },
      options: options
    )
  }

  /// The network of containers that ask for none; `settings` are those of containers.conf.
  static func usual(settings: String) -> EngineNetwork {
    let line = settings.split(separator: "\n").first { $0.split(separator: " ").first == "default_subnet" }
    let given = line?.split(separator: "\"").dropFirst().first.flatMap { IPPrefix(String($0)) }
    let usual = IPPrefix(.v4(IPv4Address(10, 88, 0, 0)), length: 16)
    return EngineNetwork(
      id: "podman",
      name: "podman",
      driver: "bridge",
      bridge: "podman0",
      isDefault: true,
      pools: (given ?? usual).map { [.init(subnet: $0)] } ?? []
    )
  }
}

/// A container by its minder, conmon: `conmon … -c ID … -n NAME …`.
enum PodmanContainer {
  static func read(_ arguments: [String]) -> (id: String, name: String)? {
    func value(_ flags: String...) -> String? {
      guard let index = arguments.firstIndex(where: flags.contains) else { return nil }
      return arguments.dropFirst(index + 1).first
    }
    guard let id = value("-c", "--cid") else { return nil }
    return (id, value("-n", "--name") ?? id)
  }
}

/// A container by containerd's shim: `containerd-shim-runc-v2 -namespace NAMESPACE -id ID …`; Docker's are left out.
enum ContainerdContainer {
  static func read(_ arguments: [String]) -> (id: String, name: String)? {
    func value(_ flag: String) -> String? {
      arguments.firstIndex(of: flag).flatMap { arguments.dropFirst($0 + 1).first }
    }
    guard let id = value("-id"), let namespace = value("-namespace"), namespace != "moby" else { return nil }
    return (id, "\(namespace)/\(id.prefix(12))")
  }
}
