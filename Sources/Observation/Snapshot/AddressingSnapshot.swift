public import NetworkTypes

/// An interface's address.
public struct AddressSnapshot: Codable, Hashable, Sendable {
  /// The interface.
  public var interface: InterfaceIndex
  /// The address with the length of its network.
  public var prefix: IPPrefix
  /// The other end's address on a point-to-point link.
  public var peer: IPAddress?
  /// "global", "link", "host", …
  public var scope: String
  /// As ip-address(8) prints them, such as "dynamic", "nodad", "tentative", "dadfailed".
  public var flags: [String]

  /// An address.
  public init(
    interface: InterfaceIndex,
    prefix: IPPrefix,
    peer: IPAddress? = nil,
    scope: String = "global",
    flags: [String] = []
  ) {
    self.interface = interface
    self.prefix = prefix
    self.peer = peer
    self.scope = scope
    self.flags = flags
  }
}

/// A route.
public struct RouteSnapshot: Codable, Hashable, Sendable {
  /// One of several ways.
  public struct Hop: Codable, Hashable, Sendable {
    /// The gateway; nil for what is on the link.
    public var gateway: IPAddress?
    /// The interface.
    public var interface: InterfaceIndex?
    /// Its share of the flows.
    public var weight: Int

    /// A way.
    public init(gateway: IPAddress?, interface: InterfaceIndex?, weight: Int = 1) {
      self.gateway = gateway
      self.interface = interface
      self.weight = weight
    }
  }

  /// Where to; length 0 is the default route.
  public var destination: IPPrefix
  /// The table's number; 254 is "main".
  public var table: UInt32
  /// "unicast", "blackhole", "unreachable", "prohibit", "throw", …
  public var type: String
  /// The gateway; nil for what is on the link.
  public var gateway: IPAddress?
  /// The interface.
  public var interface: InterfaceIndex?
  /// The preferred source.
  public var source: IPAddress?
  /// Who made it, as ip-route(8) prints it: "kernel", "boot", "static", "dhcp", "ra", …
  public var origin: String
  /// "global", "link", "host".
  public var scope: String
  /// Smaller is preferred.
  public var metric: UInt32?
  /// The path's MTU, if the route has one.
  public var mtu: UInt32?
  /// Several ways, if there are.
  public var hops: [Hop]

  /// A route.
  public init(
    destination: IPPrefix,
    table: UInt32 = 254,
    type: String = "unicast",
    gateway: IPAddress? = nil,
    interface: InterfaceIndex? = nil,
    source: IPAddress? = nil,
    origin: String = "boot",
    scope: String = "global",
    metric: UInt32? = nil,
    mtu: UInt32? = nil,
    hops: [Hop] = []
  ) {
    self.destination = destination
    self.table = table
    self.type = type
    self.gateway = gateway
    self.interface = interface
    self.source = source
    self.origin = origin
    self.scope = scope
    self.metric = metric
    self.mtu = mtu
    self.hops = hops
  }
}

/// A routing rule.
public struct RuleSnapshot: Codable, Hashable, Sendable {
  /// IPv4 or IPv6: 4 or 6.
  public var family: Int
  /// Smaller comes first.
  public var priority: UInt32
  /// "lookup", "blackhole", "unreachable", "prohibit", "goto", "nop".
  public var action: String
  /// The table to look up.
  public var table: UInt32?
  /// Where it applies: from this source,
  public var source: IPPrefix?
  /// to this destination,
  public var destination: IPPrefix?
  /// coming in there,
  public var inputInterface: String?
  /// going out there,
  public var outputInterface: String?
  /// with this mark
  public var mark: UInt32?
  /// under this mask.
  public var markMask: UInt32?
  /// Whether it applies to what doesn't match.
  public var isInverted: Bool
  /// Routes with a shorter or equal prefix are passed over.
  public var suppressedPrefixLength: UInt32?
  /// Who made it.
  public var origin: String?

  /// A rule.
  public init(
    family: Int,
    priority: UInt32,
    action: String = "lookup",
    table: UInt32? = nil,
    source: IPPrefix? = nil,
    destination: IPPrefix? = nil,
    inputInterface: String? = nil,
    outputInterface: String? = nil,
    mark: UInt32? = nil,
    markMask: UInt32? = nil,
    isInverted: Bool = false,
    suppressedPrefixLength: UInt32? = nil,
    origin: String? = nil
  ) {
    self.family = family
    self.priority = priority
    self.action = action
    self.table = table
    self.source = source
    self.destination = destination
    self.inputInterface = inputInterface
    self.outputInterface = outputInterface
    self.mark = mark
    self.markMask = markMask
    self.isInverted = isInverted
    self.suppressedPrefixLength = suppressedPrefixLength
    self.origin = origin
  }
}

/// A neighbour entry.
public struct NeighbourSnapshot: Codable, Hashable, Sendable {
  /// Where the neighbour is.
  public var interface: InterfaceIndex
  /// Its Internet address.
  public var address: IPAddress
  /// Its link address, once it is known.
  public var linkAddress: MACAddress?
  /// As ip-neighbour(8) prints it, such as "REACHABLE" or "PERMANENT".
  public var state: String
  /// Whether the entry is one that this host answers for (proxy).
  public var isProxy: Bool

  /// An entry.
  public init(
    interface: InterfaceIndex,
    address: IPAddress,
    linkAddress: MACAddress?,
    state: String,
    isProxy: Bool = false
  ) {
    self.interface = interface
    self.address = address
    self.linkAddress = linkAddress
    self.state = state
    self.isProxy = isProxy
  }
}

/// An entry of a bridge's forwarding database.
public struct ForwardingSnapshot: Codable, Hashable, Sendable {
  /// The bridge, or nil for an entry of the interface itself.
  public var bridge: InterfaceIndex?
  /// The port.
  public var port: InterfaceIndex
  /// The link address.
  public var address: MACAddress
  /// As bridge(8) prints them: "permanent", "static", "extern_learn", …; none for what was learnt.
  public var flags: [String]
  /// The VLAN.
  public var vlan: UInt16?
  /// Seconds since the address was last seen there.
  public var idle: Double?

  /// An entry.
  public init(
    bridge: InterfaceIndex?,
    port: InterfaceIndex,
    address: MACAddress,
    flags: [String] = [],
    vlan: UInt16? = nil,
    idle: Double? = nil
  ) {
    self.bridge = bridge
    self.port = port
    self.address = address
    self.flags = flags
    self.vlan = vlan
    self.idle = idle
  }
}

/// An entry of a bridge's multicast database.
public struct MulticastSnapshot: Codable, Hashable, Sendable {
  /// The bridge.
  public var bridge: InterfaceIndex
  /// The port.
  public var port: InterfaceIndex
  /// The group: an Internet address, or a link address.
  public var group: String
  /// Whether it stays until it is deleted.
  public var isPermanent: Bool
  /// The VLAN.
  public var vlan: UInt16?

  /// An entry.
  public init(
    bridge: InterfaceIndex,
    port: InterfaceIndex,
    group: String,
    isPermanent: Bool,
    vlan: UInt16? = nil
  ) {
    self.bridge = bridge
    self.port = port
    self.group = group
    self.isPermanent = isPermanent
    self.vlan = vlan
  }
}
