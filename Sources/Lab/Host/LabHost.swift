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
  /// What the host's own /etc/resolv.conf says.
  public internal(set) var resolver: ResolverConfiguration
  /// The host's configuration files, by path; what of them isn't its resolver's.
  public internal(set) var files: [String: String]
  /// The containers that are there now, by name.
  public private(set) var containers: [String: LabContainer] = [:]

  /// Builds the host, with its uplink's other end in `upstream`.
  public init(_ plan: HostPlan, upstream: NetworkNamespace) throws {
    self.plan = plan
    resolver = plan.resolver
    files = plan.files
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

  /// A container that is there.
  func container(_ name: String) throws -> LabContainer {
    guard let container = containers[name] else { throw absent(name) }
    return container
  }

  /// Forgets a container, and with it its namespace.
  func remove(_ name: String) throws -> LabContainer {
    guard let container = containers.removeValue(forKey: name) else { throw absent(name) }
    return container
  }

  func add(_ container: ContainerPlan) throws {
    containers[container.name] = try LabContainer(
      container,
      on: bridge,
      gateways: plan.bridge.gateways,
      host: connection
    )
  }

  static func write(_ setting: Setting, in namespace: NetworkNamespace) throws {
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

  func absent(_ name: String) -> LabError {
    LabError(
      "host \(plan.number) has no container \(name)",
      advice: "This is a defect in the fault's definition."
    )
  }
}
