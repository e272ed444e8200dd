internal import CLinux
public import LinuxSystem
internal import NetlinkCodec
internal import NetworkTypes
internal import WireFormat

/// Notices changes of a namespace's links, addresses, routes, rules and neighbours, as they happen.
///
/// The kernel keeps notifications until they are received, and drops them if there are too many. A monitor
/// notices that, and then reads the present state anew, so that whoever keeps a copy of the state can go on.
/// Equivalent to: `ip monitor` and `bridge monitor`.
///
/// A monitor belongs to one thread at a time.
public final class RouteMonitor {
  /// What to notice (`RTNLGRP_*`, `linux/rtnetlink.h`); the bit is the group's number less 1.
  public struct Groups: OptionSet, Hashable, Sendable {
    /// The groups as bits.
    public let rawValue: UInt64
    /// Groups from their bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Links, and what happens to ports of bridges. The corresponding kernel constant is `RTNLGRP_LINK`.
    public static let links = Groups(rawValue: 1 << 0)
    /// Neighbours and forwarding entries. The corresponding kernel constant is `RTNLGRP_NEIGH`.
    public static let neighbours = Groups(rawValue: 1 << 2)
    /// IPv4 addresses. The corresponding kernel constant is `RTNLGRP_IPV4_IFADDR`.
    public static let addresses4 = Groups(rawValue: 1 << 4)
    /// IPv4 routes. The corresponding kernel constant is `RTNLGRP_IPV4_ROUTE`.
    public static let routes4 = Groups(rawValue: 1 << 6)
    /// IPv4 rules. The corresponding kernel constant is `RTNLGRP_IPV4_RULE`.
    public static let rules4 = Groups(rawValue: 1 << 7)
    /// IPv6 addresses. The corresponding kernel constant is `RTNLGRP_IPV6_IFADDR`.
    public static let addresses6 = Groups(rawValue: 1 << 8)
    /// IPv6 routes. The corresponding kernel constant is `RTNLGRP_IPV6_ROUTE`.
    public static let routes6 = Groups(rawValue: 1 << 10)
    /// IPv6 rules. The corresponding kernel constant is `RTNLGRP_IPV6_RULE`.
    public static let rules6 = Groups(rawValue: 1 << 18)

    /// Addresses of both families.
    public static let addresses: Groups = [.addresses4, .addresses6]
    /// Routes of both families.
    public static let routes: Groups = [.routes4, .routes6]
    /// Rules of both families.
    public static let rules: Groups = [.rules4, .rules6]
    /// Everything above.
    public static let all: Groups = [.links, .neighbours, .addresses, .routes, .rules]
  }

  /// What is noticed.
  public let groups: Groups
  /// How often notifications were lost so far.
  public private(set) var overruns = 0

  private let socket: NetlinkSocket
  private let connection: NetlinkConnection

  /// For `EventLoop.watch`; valid as long as this object.
  public var rawDescriptor: Int32 { socket.rawDescriptor }

  /// How many messages are received at most before others have their turn.
  private static let turn = 4096

  /// Begins to notice changes in a namespace, or in the calling thread's.
  ///
  /// - Parameter receiveBuffer: How many bytes of notifications the kernel may keep; its default without one
  ///   (`net.core.rmem_default`). Privileged processes may exceed `net.core.rmem_max`.
  public init(_ groups: Groups, in namespace: NetworkNamespace? = nil, receiveBuffer: Int? = nil) throws {
    self.groups = groups
    connection = try NetlinkConnection(in: namespace)
    socket = try NetlinkSocket(in: namespace, isBlocking: false)
    if let receiveBuffer { try socket.setReceiveBuffer(receiveBuffer) }
    for bit in 0..<64 where groups.rawValue & 1 << UInt64(bit) != 0 { try socket.join(UInt32(bit) + 1) }
  }

  /// Everything that happened since the last call, in its order; empty if nothing did.
  ///
  /// After an overrun the last event is `resynchronised`.
  public func receive() throws -> [RouteEvent] {
    var events: [RouteEvent] = []
    var hasLost = false
    receiving: for _ in 0..<Self.turn {
      switch try socket.receive() {
      case .nothing: break receiving
      case .lost:
        hasLost = true
        overruns += 1
        events.append(RouteEvent(time: .now(), .overrun(total: overruns)))
      case .messages(let count):
        let time = Timestamp.now()
        let buffer = socket.buffer
        var reader = ByteReader(buffer.span.extracting(0..<count))
        try reader.forEachNetlinkMessage { (header, payload) throws(WireError) in
          guard let change = try RouteEvent.Change(header, &payload) else { return }
          events.append(RouteEvent(time: time, change))
        }
      }
    }
    if hasLost { events.append(RouteEvent(time: .now(), .resynchronised(try snapshot()))) }
    return events
  }

  /// The present state of what is noticed.
  public func snapshot() throws(NetlinkError) -> RouteSnapshot {
    var snapshot = RouteSnapshot()
    if groups.contains(.links) { snapshot.links = try connection.links() }
    if !groups.isDisjoint(with: .addresses) { snapshot.addresses = try connection.addresses() }
    if !groups.isDisjoint(with: .routes) { snapshot.routes = try connection.routes() }
    if !groups.isDisjoint(with: .rules) { snapshot.rules = try connection.rules() }
    if groups.contains(.neighbours) {
      snapshot.neighbours = try connection.neighbours()
      snapshot.forwardingEntries = try connection.forwardingDatabase()
    }
    return snapshot
  }
}
