internal import WireFormat

/// Ports from one number to another, both included (`struct fib_rule_port_range`, `linux/fib_rules.h`).
public struct PortRange: Hashable, Sendable {
  /// The first.
  public let first: UInt16
  /// The last.
  public let last: UInt16

  /// From `first` to `last`.
  public init(first: UInt16, last: UInt16) {
    self.first = first
    self.last = last
  }
}

extension PortRange: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(4)
    first = try reader.readNative()
    last = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(first)
    writer.writeNative(last)
  }
}
