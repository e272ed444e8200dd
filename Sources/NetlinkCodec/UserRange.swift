internal import WireFormat

/// Users from one number to another, both included (`struct fib_rule_uid_range`, `linux/fib_rules.h`).
public struct UserRange: Hashable, Sendable {
  /// The first.
  public let first: UInt32
  /// The last.
  public let last: UInt32

  /// From `first` to `last`.
  public init(first: UInt32, last: UInt32) {
    self.first = first
    self.last = last
  }
}

extension UserRange: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(8)
    first = try reader.readNative()
    last = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(first)
    writer.writeNative(last)
  }
}
