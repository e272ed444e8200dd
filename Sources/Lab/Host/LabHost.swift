public import LinuxSystem
public import Netlink
internal import NetlinkCodec
public import NetworkTypes
internal import Nftables
internal import SystemPackage

/// A small container host in a namespace of its own.
///
/// It exists as long as this object: its namespaces have no names, so the kernel takes everything down when the
/// last descriptor of them is closed, also by `kill -9`.
public final class LabHost {
  /// What it was built from.
  public let plan: HostPlan
  /// Its namespace.
  public let namespace: NetworkNamespace
  /// rtnetlink inside.
  public let connection: NetlinkConnection
  /// The bridge.
  public let bridge: InterfaceIndex
  /// The way out.
  public let uplink: InterfaceIndex
  /// The containers that are there now, by name.
  public private(set) var containers: [String: LabContainer] = [:]

  /// Builds the host, with its uplink's other end in `upstream`.
  public init(_ plan: HostPlan, upstream: NetworkNamespace) throws {
    self.plan = plan
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    for setting in plan.settings { try Self.write(setting, in: namespace) }
    try connection.changeLink(connection.link(named: "lo").index, LinkChange(isUp: true))
    uplink = try connection.createLink(
      NewLink(
        name: plan.uplink.name,
        kind: .veth(peer: NewPeer(name: plan.uplink.peerName, namespace: upstream, isUp: true)),
        isUp: true
      )
    )
    for prefix in plan.uplink.addresses { try connection.addAddress(prefix, to: uplink) }
    for gateway in plan.uplink.gateways {
      try connection.addRoute(NewRoute(defaultVia: gateway.address, by: uplink))
    }
    bridge = try connection.createLink(
      NewLink(
        name: plan.bridge.name,
        kind: .bridge(BridgeAttributes()),
        address: plan.bridge.address,
        isUp: true
      )
    )
    for prefix in plan.bridge.gateways { try connection.addAddress(prefix, to: bridge) }
    _ = try Nftables.run(plan.ruleset, in: namespace)
    for container in plan.containers { try add(container) }
    for action in plan.preparation { try perform(action) }
  }

  private func add(_ container: ContainerPlan) throws {
    containers[container.name] = try LabContainer(
      container,
      on: bridge,
      gateways: plan.bridge.gateways,
      host: connection
    )
  }

  /// Carries out an action.
  public func perform(_ action: Action) throws {
    switch action {
    case .setting(let setting): try Self.write(setting, in: namespace)
    case .nft(let text): _ = try Nftables.run(text, in: namespace)
    case .pinAddress(let name):
      let link = try connection.link(named: name)
      try connection.changeLink(link.index, LinkChange(address: link.address))
    case .setAddress(let name, let address):
      try connection.changeLink(connection.link(named: name).index, LinkChange(address: address))
    case .spanningTree(let name, let isOn, let delay):
      var attributes = BridgeAttributes()
      attributes.stpState = isOn ? .kernel : .off
      attributes.forwardDelay = delay.map { .seconds($0) }
      try connection.changeBridge(connection.link(named: name).index, attributes)
    case .forwardPorts(let name):
      let index = try connection.link(named: name).index
      var forwarding = BridgePort()
      forwarding.state = .forwarding
      for link in try connection.links(statistics: false) where link.master == index {
        do { try connection.changeBridgePort(link.index, forwarding) } catch {
          // A port without carrier forwards nothing anyway, and will when it has one.
          if error.errno != .networkDown { throw error }
        }
      }
    case .join(let container): try add(container)
    case .leave(let name, _):
      guard let container = containers.removeValue(forKey: name) else { throw absent(name) }
      try connection.deleteLink(container.port)
    case .vanish(let name, _):
      guard containers.removeValue(forKey: name) != nil else { throw absent(name) }
    case .moveAddress(let name, let old, let new, let gateway):
      guard let container = containers[name] else { throw absent(name) }
      try container.connection.deleteAddress(old, from: container.interface)
      try container.connection.addAddress(new, to: container.interface)
      // An IPv4 route goes with the last address that its gateway could be reached from.
      try container.connection.replaceRoute(NewRoute(defaultVia: gateway, by: container.interface))
    case .flushNeighbours(let name):
      let index = try connection.link(named: name).index
      // As ip-neighbour(8) does: what was configured or needs no resolution stays.
      for neighbour in try connection.neighbours(on: index)
      where neighbour.state.isDisjoint(with: [.permanent, .noARP]) {
        if let address = neighbour.address { try connection.deleteNeighbour(address, on: index) }
      }
    case .addLink(let name, let address):
      let link = try connection.createLink(
        NewLink(name: name, kind: .veth(peer: NewPeer(name: name + "-far", isUp: true)), isUp: true)
      )
      try connection.addAddress(address, to: link)
    case .routing(let change): try change.perform(on: connection)
    }
  }

  private static func write(_ setting: Setting, in namespace: NetworkNamespace) throws {
    let isThere = try namespace.perform {
      do throws(SystemError) {
        try Sysctl.write(setting.value, to: setting.name)
        return true
      } catch {
        if error.errno == .noSuchFileOrDirectory { return false }
        throw error
      }
    }
    guard isThere || setting.isOptional else {
      let advice =
        setting.name.hasPrefix("net.bridge") ? "Load the module as root: modprobe br_netfilter." : ""
      throw LabError("This kernel has no setting \(setting.name)", advice: advice, isMissingGround: true)
    }
  }

  private func absent(_ name: String) -> LabError {
    LabError(
      "host \(plan.number) has no container \(name)",
      advice: "This is a defect in the fault's definition."
    )
  }
}
