internal import Docker
internal import NetworkTypes
internal import Observation

/// What is asked of an engine that answers.
struct DockerQuestions {
  let engine: DockerEngine
  /// The machine's id of a process that the engine names; nil if it can't be found.
  let locate: (Int32) -> Int32?

  /// Asks, and writes down what came; what didn't is unreadable, with the reason.
  func ask(_ snapshot: inout EngineSnapshot) {
    snapshot.version = reading { () throws(DockerError) in try engine.ping().version }
    snapshot.networks = reading { () throws(DockerError) in try engine.networks().map(network) }
    snapshot.containers = reading { () throws(DockerError) in try containers() }
  }

  private func reading<Value>(_ ask: () throws(DockerError) -> Value?) -> Reading<Value> {
    do { return try ask().map { .value($0) } ?? .absent } catch { return .unreadable(reason: "\(error)") }
  }

  private func network(_ network: DockerNetwork) -> EngineNetwork {
    let isBridge = network.driver == "bridge"
    let bridge = network.options["com.docker.network.bridge.name"] ?? "br-" + network.id.prefix(12)
    return EngineNetwork(
      id: network.id,
      name: network.name,
      driver: network.driver,
      bridge: isBridge ? bridge : nil,
      isDefault: network.options["com.docker.network.bridge.default_bridge"] == "true",
      isInternal: network.isInternal,
      pools: network.pools.map { .init(subnet: $0.subnet, range: $0.range, gateway: $0.gateway) },
      options: network.options.filter { key, _ in
        key.hasPrefix("com.docker.network.") || ["parent", "macvlan_mode", "ipvlan_mode"].contains(key)
      }
    )
  }

  private func containers() throws(DockerError) -> [EngineContainer] {
    var containers: [EngineContainer] = []
    for listed in try engine.containers() {
      // One that ended since the list was made is none any more.
      guard let state = try engine.container(listed.id), state.pid != 0 else { continue }
      let pid = locate(state.pid)
      containers.append(
        EngineContainer(
          id: listed.id,
          name: listed.name,
          pid: pid ?? 0,
          started: state.started,
          namespace: pid.flatMap { ProcessList.Entry.namespace("net", of: "\($0)") },
          networkMode: listed.networkMode,
          endpoints: listed.endpoints.map {
            .init(
              network: $0.network,
              addresses: $0.addresses,
              gateway: $0.gateway,
              linkAddress: $0.linkAddress
            )
          },
          dns: state.dns,
          publishedPorts: published(listed.ports)
        )
      )
    }
    return containers
  }

  /// As "udp/53", each once though it is published for IPv4 and IPv6.
  private func published(_ ports: [DockerContainer.Port]) -> [String] {
    let pairs = ports.compactMap { port in port.published.map { (port.transport, $0) } }
    let sorted = pairs.sorted { $0 < $1 }.map { "\($0)/\($1)" }
    return sorted.enumerated().filter { $0 == 0 || sorted[$0 - 1] != $1 }.map(\.element)
  }
}
