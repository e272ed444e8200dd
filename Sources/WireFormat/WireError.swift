/// Why bytes could not be decoded, and where.
public struct WireError: Error, Hashable, Sendable {
  /// What is wrong with the bytes.
  public enum Reason: Hashable, Sendable {
    /// The bytes end too early: so many were needed, so many are left.
    case truncated(needed: Int, remaining: Int)
    /// A length field contradicts its surroundings.
    case invalidLength(Int)
    /// A field holds a value that its format forbids.
    case invalidValue(UInt64)
    /// The format's limit on nesting or on indirection is exceeded.
    case tooDeep
  }

  /// What is wrong with the bytes.
  public let reason: Reason
  /// Offset in bytes from the start of the outermost message.
  public let offset: Int
  /// What was being read, such as "nlattr" or "DNS name".
  public let field: String

  /// An error at `offset` while reading `field`.
  public init(_ reason: Reason, offset: Int, field: String) {
    self.reason = reason
    self.offset = offset
    self.field = field
  }
}

extension WireError: CustomStringConvertible {
  /// One line for a person, with the offset.
  public var description: String {
    switch reason {
    case .truncated(let needed, let remaining):
      "\(field) at byte \(offset): needs \(needed) bytes, \(remaining) left"
    case .invalidLength(let length): "\(field) at byte \(offset): impossible length \(length)"
    case .invalidValue(let value): "\(field) at byte \(offset): impossible value \(value)"
    case .tooDeep: "\(field) at byte \(offset): nested or chained too deeply"
    }
  }
}
