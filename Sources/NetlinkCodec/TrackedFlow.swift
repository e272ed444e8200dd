public import NetworkTypes

/// An entry of the connection table as its first packet asked for it: the original direction's addresses and, of
/// protocols that have them, ports (`CTA_TUPLE_ORIG`, `linux/netfilter/nfnetlink_conntrack.h`).
public struct TrackedFlow: Hashable, Sendable {
  /// The protocol's number, as in an IP header.
  public var transport: UInt8
  /// Where the flow came from.
  public var source: IPAddress
  /// Where it went to, before any translation.
  public var destination: IPAddress
  /// The sender's port; nil where the protocol has none.
  public var sourcePort: UInt16?
  /// The receiver's port; nil where the protocol has none.
  public var destinationPort: UInt16?
  /// The zone of the entry, which tells same addresses apart (`CTA_ZONE`); nil for the default one.
  public var zone: UInt16?

  /// A flow from its parts.
  public init(
    transport: UInt8,
    source: IPAddress,
    destination: IPAddress,
    sourcePort: UInt16? = nil,
    destinationPort: UInt16? = nil,
    zone: UInt16? = nil
  ) {
    self.transport = transport
    self.source = source
    self.destination = destination
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.zone = zone
  }
}
