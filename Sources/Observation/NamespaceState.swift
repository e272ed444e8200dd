public import NetworkTypes

/// One network namespace at one moment.
public struct NamespaceState: Hashable, Sendable {
  /// When it was looked at.
  public let time: Timestamp
  /// The interfaces, in the order of their numbers.
  public let links: [LinkState]
  /// The neighbour tables.
  public let neighbours: [NeighbourEntry]
  /// Settings by their names with dots, such as "net.ipv4.ip_forward".
  public let settings: [String: Reading<String>]
  /// The nftables ruleset as `nft -s list ruleset` prints it: without counters, so that equal means unchanged.
  public let ruleset: Reading<String>
  /// Counters of /proc/net/snmp and /proc/net/netstat as "Group.Name", such as "Ip.InAddrErrors".
  public let counters: [String: UInt64]
  /// The interfaces' addresses; nil if they weren't read.
  public let addresses: [InterfaceIndex: [IPPrefix]]?
  /// The legacy packet filter's tables, by "iptables" and "ip6tables", without counters; empty if they weren't read.
  public let legacyTables: [String: Reading<String>]
  /// Routing rules and routes; nil if they weren't read.
  public let routing: RoutingState?

  /// A state that was read.
  public init(
    time: Timestamp,
    links: [LinkState],
    neighbours: [NeighbourEntry],
    settings: [String: Reading<String>],
    ruleset: Reading<String>,
    counters: [String: UInt64],
    addresses: [InterfaceIndex: [IPPrefix]]? = nil,
    legacyTables: [String: Reading<String>] = [:],
    routing: RoutingState? = nil
  ) {
    self.time = time
    self.links = links
    self.neighbours = neighbours
    self.settings = settings
    self.ruleset = ruleset
    self.counters = counters
    self.addresses = addresses
    self.legacyTables = legacyTables
    self.routing = routing
  }
}

/// How a namespace routes.
public struct RoutingState: Hashable, Sendable {
  /// The rules, by priority.
  public let rules: [RuleSnapshot]
  /// The routes of all tables.
  public let routes: [RouteSnapshot]

  /// Rules and routes that were read.
  public init(rules: [RuleSnapshot], routes: [RouteSnapshot]) {
    self.rules = rules
    self.routes = routes
  }
}

/// Who chose an interface's link address (`/sys/class/net/NAME/addr_assign_type`, `linux/netdevice.h`).
public enum AddressAssignment: UInt8, Hashable, Sendable {
  /// The hardware's own. `NET_ADDR_PERM`
  case permanent = 0
  /// Random. `NET_ADDR_RANDOM`; a bridge with it takes the smallest address of its ports.
  case random = 1
  /// Taken from another interface. `NET_ADDR_STOLEN`
  case stolen = 2
  /// Set by somebody. `NET_ADDR_SET`; a bridge keeps it.
  case set = 3
}

/// One interface at one moment.
public struct LinkState: Hashable, Sendable {
  /// What spanning tree lets a bridge's port do (`linux/if_bridge.h`, `BR_STATE_*`).
  public enum PortState: UInt8, Hashable, Sendable {
    /// Nothing passes.
    case disabled = 0
    /// Nothing passes.
    case listening = 1
    /// Nothing passes, but addresses are learnt.
    case learning = 2
    /// Everything passes.
    case forwarding = 3
    /// Nothing passes.
    case blocking = 4
  }

  /// The interface's number.
  public let index: InterfaceIndex
  /// Its name.
  public let name: String
  /// Its kind, such as "bridge" or "veth"; nil for a physical one and the loopback.
  public let kind: String?
  /// Its link address.
  public let address: MACAddress?
  /// Who chose the address; netlink doesn't tell, so states that come with events don't have it.
  public let addressAssignment: Reading<AddressAssignment>
  /// The bridge that it is a port of, if any.
  public let master: InterfaceIndex?
  /// Whether it is set up (IFF_UP).
  public let isUp: Bool
  /// As a bridge's port: what spanning tree lets it do.
  public let portState: PortState?
  /// As a bridge: whether spanning tree is on.
  public let spanningTree: Bool?
  /// As a bridge: the delay before a new port forwards, if spanning tree is on.
  public let forwardDelay: Duration?
  /// Frames that the IP layer dropped because they were addressed to another host; since Linux 5.19.
  public let otherHostDropped: UInt64?
  /// As a bridge's port: whether frames of other isolated ports are kept away from it; nil if it isn't known.
  public let isIsolated: Bool?

  /// An interface that was read.
  public init(
    index: InterfaceIndex,
    name: String,
    kind: String?,
    address: MACAddress?,
    addressAssignment: Reading<AddressAssignment>,
    master: InterfaceIndex?,
    isUp: Bool,
    portState: PortState?,
    spanningTree: Bool?,
    forwardDelay: Duration?,
    otherHostDropped: UInt64?,
    isIsolated: Bool? = nil
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.address = address
    self.addressAssignment = addressAssignment
    self.master = master
    self.isUp = isUp
    self.portState = portState
    self.spanningTree = spanningTree
    self.forwardDelay = forwardDelay
    self.otherHostDropped = otherHostDropped
    self.isIsolated = isIsolated
  }
}

/// One neighbour entry at one moment.
public struct NeighbourEntry: Hashable, Sendable {
  /// Where the neighbour is.
  public let interface: InterfaceIndex
  /// Its Internet address.
  public let address: IPAddress
  /// Its link address, once it is known.
  public let linkAddress: MACAddress?
  /// The state's name as ip-neighbour(8) prints it, such as "REACHABLE".
  public let reachability: String

  /// An entry that was read.
  public init(interface: InterfaceIndex, address: IPAddress, linkAddress: MACAddress?, reachability: String) {
    self.interface = interface
    self.address = address
    self.linkAddress = linkAddress
    self.reachability = reachability
  }
}
