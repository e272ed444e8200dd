public import NetworkTypes

/// Something that happened in one network namespace.
public struct Event: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// An interface appeared or changed; this is what it is now.
    case link(LinkState)
    /// An interface went; this is what it was.
    case linkRemoved(LinkState)
    /// A neighbour entry appeared or changed.
    case neighbour(NeighbourEntry)
    /// A neighbour entry went.
    case neighbourRemoved(NeighbourEntry)
    /// The kernel dropped a packet and said why (tracepoint skb:kfree_skb). The kernel doesn't say in which
    /// namespace; `interface` is the name that the same packet had last been received at, if that was seen.
    case drop(reason: String, function: String?, interface: String?)
    /// So many events of one source were lost since the beginning; states may have changed unseen.
    case overrun(source: String, total: Int)
  }

  /// When it happened, or when we were told.
  public let time: Timestamp
  /// What happened.
  public let kind: Kind

  /// An event at a time.
  public init(time: Timestamp, kind: Kind) {
    self.time = time
    self.kind = kind
  }
}
