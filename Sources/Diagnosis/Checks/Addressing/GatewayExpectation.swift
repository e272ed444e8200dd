internal import NetworkTypes
internal import Observation

/// An address that a bridge should have, because an engine says so or a container sends to it.
struct GatewayExpectation {
  /// The address.
  let gateway: IPAddress
  /// The length of the subnet's prefix, as far as it is known.
  let length: Int
  /// Who expects it.
  let source: String
  /// What that means.
  let meaning: String

  /// What the engines and the containers of a bridge expect. Containers that can't be looked at say nothing; it is
  /// an error if nobody else does.
  static func all(for bridge: BridgeView) throws(Missing) -> [GatewayExpectation] {
    // A way out of the machine is on the bridge: the gateway may be a router there.
    guard bridge.outwardPorts.isEmpty else { return [] }
    var expected: [GatewayExpectation] = []
    for (engine, network) in bridge.networks where [.docker, .podman].contains(engine.kind) {
      if network.options["com.docker.network.bridge.inhibit_ipv4"] == "true"
        || network.options["com.docker.network.bridge.gateway_mode_ipv4"] == "isolated"
      {
        continue
      }
      for pool in network.pools where pool.subnet.address.family == .v4 {
        guard let gateway = pool.gateway else { continue }
        expected.append(
          GatewayExpectation(
            gateway: gateway,
            length: pool.subnet.length,
            source: engine.id,
            meaning: "the network \(network.name) tells its containers so"
          )
        )
      }
    }
    var missing: Missing?
    for container in bridge.containers {
      do throws(Missing) {
        let addresses = try container.knownAddresses()
        for gateway in try container.defaultGateways() where !gateway.isLinkLocal {
          expected.append(
            GatewayExpectation(
              gateway: gateway,
              length: addresses.first { $0.contains(gateway) }?.length ?? gateway.family.addressBits,
              source: "\(container.name), its routes",
              meaning: "it sends everything there"
            )
          )
        }
      } catch { missing = missing ?? error }
    }
    if expected.isEmpty, let missing { throw missing }
    return expected
  }

  /// Whether the bridge has it, or a container on it, which then routes.
  func isThere(on bridge: BridgeView) -> Bool {
    bridge.addresses.contains { $0.address == gateway } || bridge.owners().owners[gateway] != nil
  }

  /// Whether the bridge has another address of the family: then they disagree, and nothing was lost.
  func hasSubstitute(on bridge: BridgeView) -> Bool {
    bridge.gateways.contains { $0.address.family == gateway.family }
  }
}
