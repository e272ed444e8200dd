public import LinuxSystem
public import NetlinkCodec
public import NetworkTypes
internal import SystemPackage
internal import WireFormat

/// The kernel's table of tracked connections (conntrack) in one network namespace, by the netfilter subsystem of
/// netlink. Needs `CAP_NET_ADMIN` there.
public struct FlowTable {
  private let connection: NetlinkConnection

  /// Connects to a namespace, or to the calling thread's.
  public init(in namespace: NetworkNamespace? = nil) throws {
    connection = try NetlinkConnection(in: namespace, of: .netfilter)
  }

  /// All entries of a family. Equivalent to: `conntrack -L -f ipv4`.
  public func flows(_ family: IPFamily) throws(NetlinkError) -> [TrackedFlow] {
    try connection.dump(
      .getFlow,
      of: .newFlow,
      for: NetlinkConnection.Purpose("list", "tracked connections"),
      { writer in writer.writeFlowHeader(AddressFamily(family)) },
      { (reader) throws(WireError) in try TrackedFlow(&reader) }
    )
  }

  /// Forgets what came from a subnet by UDP, so that the next packet of a flow is looked up in the rules anew.
  /// Equivalent to: `conntrack -D -s SUBNET -p udp`.
  public func forgetDatagrams(from subnet: IPPrefix) throws(NetlinkError) {
    for flow in try flows(subnet.address.family)
    where flow.transport == Self.udp && subnet.contains(flow.source) {
      do {
        try connection.perform(
          .deleteFlow,
          for: NetlinkConnection.Purpose("forget", "the tracked connection from \(flow.source)"),
          flow.write(to:)
        )
      } catch  where error.errno == .noSuchFileOrDirectory {
        // It has ended by itself since the listing.
      }
    }
  }

  /// IPPROTO_UDP
  private static let udp: UInt8 = 17
}
