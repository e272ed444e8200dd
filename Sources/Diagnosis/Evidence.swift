public import NetworkTypes

/// One observation that speaks for a cause, or against one.
public struct Evidence: Hashable, Sendable {
  /// When it was observed; nil for what held throughout.
  public let time: Timestamp?
  /// Where it comes from, such as "br0, AF_PACKET", "rtnetlink" or "/proc/net/snmp".
  public let source: String
  /// What was observed, as that source has it.
  public let value: String
  /// What it means, in plain words.
  public let meaning: String

  /// An observation with its meaning.
  public init(time: Timestamp?, source: String, value: String, meaning: String) {
    self.time = time
    self.source = source
    self.value = value
    self.meaning = meaning
  }
}
