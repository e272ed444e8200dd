public import WireFormat

/// What following a DNS message through a network needs: its header and its first question, without the
/// name. Reading it allocates nothing.
public struct DNSDigest: Hashable, Sendable {
  /// The header.
  public let header: DNSHeader
  /// `DNSName.digest` of the first question's name; 0 without a question.
  public let question: UInt64
  /// The first question's type; 0 without a question.
  public let type: DNSRecordType

  /// Reads the beginning of a message. The reader must be one over the message alone.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    header = try DNSHeader(parsing: &reader)
    guard header.questionCount > 0 else {
      question = 0
      type = DNSRecordType(rawValue: 0)
      return
    }
    var digest = DNSNameDigest()
    try reader.walkDNSName { digest.add($0) }
    question = digest.value
    type = DNSRecordType(rawValue: try reader.readBigEndian(field: "DNS question"))
    try reader.skip(2, field: "DNS question")
  }
}
