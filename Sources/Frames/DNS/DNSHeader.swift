public import WireFormat

/// A DNS header (RFC 1035, section 4.1.1).
///
/// ```
/// | id 2 | flags 2 | questions 2 | answers 2 | authorities 2 | additional 2 |
/// ```
public struct DNSHeader: Hashable, Sendable {
  /// How many octets it has.
  public static let size = 12

  /// The transaction's id.
  public var identifier: UInt16
  /// The flags.
  public var flags: DNSFlags
  /// How many questions follow.
  public var questionCount: UInt16
  /// How many answers follow.
  public var answerCount: UInt16
  /// How many records in the authority section follow.
  public var authorityCount: UInt16
  /// How many additional records follow.
  public var additionalCount: UInt16

  /// A header.
  public init(
    identifier: UInt16,
    flags: DNSFlags,
    questionCount: UInt16 = 0,
    answerCount: UInt16 = 0,
    authorityCount: UInt16 = 0,
    additionalCount: UInt16 = 0
  ) {
    self.identifier = identifier
    self.flags = flags
    self.questionCount = questionCount
    self.answerCount = answerCount
    self.authorityCount = authorityCount
    self.additionalCount = additionalCount
  }

  /// Reads a header.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(Self.size, field: "DNS header")
    identifier = try reader.readBigEndian()
    flags = DNSFlags(rawValue: try reader.readBigEndian())
    questionCount = try reader.readBigEndian()
    answerCount = try reader.readBigEndian()
    authorityCount = try reader.readBigEndian()
    additionalCount = try reader.readBigEndian()
  }

  /// Writes the header.
  public func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(identifier)
    writer.writeBigEndian(flags.rawValue)
    writer.writeBigEndian(questionCount)
    writer.writeBigEndian(answerCount)
    writer.writeBigEndian(authorityCount)
    writer.writeBigEndian(additionalCount)
  }
}
