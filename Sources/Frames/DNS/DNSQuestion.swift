public import WireFormat

/// A question (RFC 1035, section 4.1.2).
///
/// ```
/// | name | type 2 | class 2 |
/// ```
public struct DNSQuestion: Hashable, Sendable {
  /// The name that is asked for.
  public var name: DNSName
  /// The type that is asked for.
  public var type: DNSRecordType
  /// The class that is asked for.
  public var `class`: DNSClass

  /// A question.
  public init(_ name: DNSName, _ type: DNSRecordType, class: DNSClass = .internet) {
    self.name = name
    self.type = type
    self.class = `class`
  }

  /// Whether both ask for the same; letters in either case are equal.
  public func matches(_ other: DNSQuestion) -> Bool {
    type == other.type && self.class == other.class && name.matches(other.name)
  }

  /// Reads a question from a reader over the whole message.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    name = try DNSName(parsing: &reader)
    type = DNSRecordType(rawValue: try reader.readBigEndian(field: "DNS question"))
    self.class = DNSClass(rawValue: try reader.readBigEndian(field: "DNS question"))
  }

  func write(to writer: inout ByteWriter, _ compressor: inout DNSNameCompressor) {
    compressor.write(name, to: &writer)
    writer.writeBigEndian(type.rawValue)
    writer.writeBigEndian(self.class.rawValue)
  }
}
