public import NetworkTypes

/// One small container host as it is to be built: a value, so that it can be drawn, printed as a script, and
/// changed by a fault before anything exists.
public struct HostPlan: Hashable, Sendable {
  /// The bridge that the containers are on.
  public struct Bridge: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The link address that it is created with, as dockerd does; nil leaves it to the kernel, which takes the
    /// smallest of the ports' (`br_stp_recalculate_bridge_id`).
    public var address: MACAddress?
    /// The addresses that are the containers' gateways, with the subnets' lengths.
    public var gateways: [IPPrefix]
  }

  /// The way out.
  public struct Uplink: Hashable, Sendable {
    /// The interface's name in the host.
    public var name: String
    /// The interface's name at the other end.
    public var peerName: String
    /// The host's own addresses on the link, with the link's prefix lengths.
    public var addresses: [IPPrefix]
    /// The other end's addresses: the host's default gateways.
    public var gateways: [IPPrefix]
  }

  /// The host's number within its lab, from 0.
  public var number: Int
  /// The bridge.
  public var bridge: Bridge
  /// The way out.
  public var uplink: Uplink
  /// The containers that exist from the beginning.
  public var containers: [ContainerPlan]
  /// Settings of the host's namespace, by their names with dots, in the order in which they are made.
  public var settings: [Setting]
  /// The host's firewall, in nft(8)'s language.
  public var ruleset: String
  /// What the host's own /etc/resolv.conf says.
  public var resolver: ResolverConfiguration
  /// The host's other configuration files, by path.
  public var files: [String: String] = [:]
  /// What else is done, in order, once all that is there: what the fault's ground needs, in all arms.
  public var preparation: [Action] = []

  /// The container of this name.
  public func container(_ name: String) -> ContainerPlan? { containers.first { $0.name == name } }

  /// The containers' subnets.
  public var subnets: [IPPrefix] { bridge.gateways.map(\.network) }

  /// The containers' subnet of a family.
  func subnet(_ family: IPFamily) -> IPPrefix? { subnets.first { $0.address.family == family } }
}

/// A container as it is to be built: a namespace with one interface, whose other end is a port of the bridge.
public struct ContainerPlan: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The name of the bridge's port.
  public var portName: String
  /// The link address of the bridge's port: what the bridge may choose as its own.
  public var portAddress: MACAddress
  /// The link address of the container's own interface, eth0.
  public var address: MACAddress
  /// The container's addresses, with the subnets' lengths.
  public var addresses: [IPPrefix]
  /// What its /etc/resolv.conf says.
  public var resolver: ResolverConfiguration

  /// The address of a family.
  public func address(_ family: IPFamily) -> IPAddress? {
    addresses.lazy.map(\.address).first { $0.family == family }
  }
}

/// A setting below /proc/sys.
public struct Setting: Hashable, Sendable {
  /// The name with dots, such as "net.ipv4.ip_forward".
  public var name: String
  /// The value.
  public var value: String
  /// Whether a kernel without it is as good as one that has it so.
  public var isOptional: Bool

  /// A setting.
  public init(_ name: String, _ value: String, isOptional: Bool = false) {
    self.name = name
    self.value = value
    self.isOptional = isOptional
  }
}
