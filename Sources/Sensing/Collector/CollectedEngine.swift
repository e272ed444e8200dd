internal import FoundationEssentials
internal import NetworkTypes
internal import Observation

/// A dockerd as the collector printed it.
enum CollectedEngine {
  /// What `docker inspect --type network` printed, in the collector's form.
  private struct Network: Decodable, Sendable {
    struct Pool: Decodable, Sendable {
      let Subnet: String?
      let IPRange: String?
      let Gateway: String?
    }

    let id: String
    let name: String
    let driver: String?
    let `internal`: Bool?
    let pools: [Pool]?
    let options: [String: String]?
  }

  /// What `docker inspect --type container` printed, in the collector's form.
  private struct Container: Decodable, Sendable {
    struct Endpoint: Decodable, Sendable {
      let IPAddress: String?
      let IPPrefixLen: Int?
      let GlobalIPv6Address: String?
      let GlobalIPv6PrefixLen: Int?
      let Gateway: String?
      let MacAddress: String?
    }

    struct Published: Decodable, Sendable {}

    let id: String
    let name: String
    let pid: Int32?
    let started: String?
    let mode: String?
    let dns: [String]?
    let networks: [String: Endpoint]?
    let ports: [String: [Published]?]?
  }

  /// The engine of this process.
  static func engine(_ pid: Int32, _ parts: CollectedParts, _ processes: CollectedProcesses) -> EngineSnapshot
  {
    let socket = parts.line("engine_socket").flatMap { $0.isEmpty ? nil : $0 }
    return EngineSnapshot(
      id: "docker:" + (socket ?? "pid \(pid)"),
      kind: .docker,
      process: processes.byId[pid] ?? ProcessSnapshot(pid: pid, name: "dockerd"),
      namespace: processes.namespaces[pid],
      sockets: socket.map { [$0] } ?? [],
      version: parts.text("engine_version"),
      settings: .value(settings(parts)),
      configurationFile: parts.line("engine_configuration_file"),
      networks: each(parts, "engine_networks", Network.self).map { $0.map(network) },
      containers: each(parts, "engine_containers", Container.self).map { $0.map { container($0, processes) } }
    )
  }

  /// Flags over the file, each as JSON text.
  private static func settings(_ parts: CollectedParts) -> [String: String] {
    var settings: [String: String] = [:]
    let names = Set(CollectorScript.engineSettings)
    func pair(_ line: Substring) -> (name: String, value: String)? {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, names.contains(String(words[0])) else { return nil }
      return (String(words[0]), String(words[1]))
    }
    for line in parts.lines("engine_configuration") {
      guard let (name, value) = pair(line) else { continue }
      settings[name] = value
    }
    for line in parts.lines("engine_flags") {
      guard let (name, value) = pair(line) else { continue }
      let isPlain = value == "true" || value == "false" || Int(value) != nil
      settings[name] = isPlain ? value : quoted(value)
    }
    return settings
  }

  private static func quoted(_ text: String) -> String {
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }

  /// A JSON value a line.
  private static func each<Value: Decodable & Sendable>(
    _ parts: CollectedParts,
    _ name: String,
    _ type: Value.Type
  ) -> Reading<[Value]> {
    parts.text(name).flatMap { text in
      do {
        return .value(
          try text.split(separator: "\n").map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
        )
      } catch {
        return .unreadable(reason: "what docker printed is not in a form that is known")
      }
    }
  }

  private static func network(_ network: Network) -> EngineNetwork {
    let options = network.options ?? [:]
    let named = options["com.docker.network.bridge.name"]
    let bridge = network.driver == "bridge" ? named ?? "br-" + network.id.prefix(12) : nil
    return EngineNetwork(
      id: network.id,
      name: network.name,
      driver: network.driver ?? "",
      bridge: bridge,
      isDefault: options["com.docker.network.bridge.default_bridge"] == "true" || network.name == "bridge",
      isInternal: network.internal ?? false,
      pools: (network.pools ?? []).compactMap { pool in
        guard let subnet = pool.Subnet.flatMap({ IPPrefix($0) }) else { return nil }
        return .init(
          subnet: subnet,
          range: pool.IPRange.flatMap { IPPrefix($0) },
          gateway: pool.Gateway.flatMap { IPAddress($0) }
        )
      },
      options: options.filter { $0.key.hasPrefix("com.docker.network.") }
    )
  }

  private static func container(_ container: Container, _ processes: CollectedProcesses) -> EngineContainer {
    let pid = container.pid ?? 0
    return EngineContainer(
      id: container.id,
      name: container.name.hasPrefix("/") ? String(container.name.dropFirst()) : container.name,
      pid: pid,
      started: container.started,
      namespace: processes.namespaces[pid],
      networkMode: container.mode ?? "default",
      endpoints: (container.networks ?? [:]).sorted { $0.key < $1.key }.map { name, endpoint in
        func prefix(_ address: String?, _ length: Int?) -> IPPrefix? {
          address.flatMap { IPAddress($0) }.flatMap { address in
            IPPrefix(address, length: length ?? address.family.addressBits)
          }
        }
        return .init(
          network: name,
          addresses: [
            prefix(endpoint.IPAddress, endpoint.IPPrefixLen),
            prefix(endpoint.GlobalIPv6Address, endpoint.GlobalIPv6PrefixLen),
          ].compactMap(\.self),
          gateway: endpoint.Gateway.flatMap { IPAddress($0) },
          linkAddress: endpoint.MacAddress.flatMap { MACAddress($0) }
        )
      },
      dns: container.dns ?? [],
      publishedPorts: (container.ports ?? [:]).filter { $0.value?.isEmpty == false }.map { port, _ in
        port.split(separator: "/").reversed().joined(separator: "/")
      }.sorted()
    )
  }
}
