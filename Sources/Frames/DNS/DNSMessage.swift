public import WireFormat

/// A DNS message (RFC 1035, section 4).
public struct DNSMessage: Hashable, Sendable {
  /// The transaction's id.
  public var identifier: UInt16
  /// The flags.
  public var flags: DNSFlags
  /// The questions, in practice one.
  public var questions: [DNSQuestion]
  /// The answers.
  public var answers: [DNSRecord]
  /// Records that point to an authority.
  public var authorities: [DNSRecord]
  /// Additional records, an OPT record among them.
  public var additional: [DNSRecord]

  /// A message.
  public init(
    identifier: UInt16,
    flags: DNSFlags,
    questions: [DNSQuestion] = [],
    answers: [DNSRecord] = [],
    authorities: [DNSRecord] = [],
    additional: [DNSRecord] = []
  ) {
    self.identifier = identifier
    self.flags = flags
    self.questions = questions
    self.answers = answers
    self.authorities = authorities
    self.additional = additional
  }

  /// A request for recursion, with EDNS if a buffer size is given.
  public init(query question: DNSQuestion, identifier: UInt16, bufferSize: UInt16? = nil) {
    self.init(
      identifier: identifier,
      flags: .recursionDesired,
      questions: [question],
      additional: bufferSize.map { [EDNS(bufferSize: $0).record] } ?? []
    )
  }

  /// What the message's OPT record says, if it has one.
  public var edns: EDNS? { additional.lazy.compactMap(EDNS.init).first }

  /// The response code, with the upper bits that EDNS adds.
  public var responseCode: DNSResponseCode {
    DNSResponseCode(rawValue: UInt16(edns?.upperResponseCode ?? 0) << 4 | UInt16(flags.responseCode))
  }

  /// Reads a message, which begins where the reader is: its pointers count from there.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let available = reader.remaining
    var rest = reader
    var message = try rest.readReader(available)
    let header = try DNSHeader(parsing: &message)
    identifier = header.identifier
    flags = header.flags
    questions = []
    for _ in 0..<header.questionCount { questions.append(try DNSQuestion(parsing: &message)) }
    answers = try Self.parseRecords(header.answerCount, &message)
    authorities = try Self.parseRecords(header.authorityCount, &message)
    additional = try Self.parseRecords(header.additionalCount, &message)
    try reader.skip(available - message.remaining)
  }

  private static func parseRecords(
    _ count: UInt16,
    _ reader: inout ByteReader
  ) throws(WireError) -> [DNSRecord] {
    var records: [DNSRecord] = []
    for _ in 0..<count { records.append(try DNSRecord(parsing: &reader)) }
    return records
  }

  /// Writes the message; its counts are what it has.
  public func write(to writer: inout ByteWriter) {
    var compressor = DNSNameCompressor(origin: writer.count)
    DNSHeader(
      identifier: identifier,
      flags: flags,
      questionCount: UInt16(truncatingIfNeeded: questions.count),
      answerCount: UInt16(truncatingIfNeeded: answers.count),
      authorityCount: UInt16(truncatingIfNeeded: authorities.count),
      additionalCount: UInt16(truncatingIfNeeded: additional.count)
    ).write(to: &writer)
    questions.forEach { $0.write(to: &writer, &compressor) }
    (answers + authorities + additional).forEach { $0.write(to: &writer, &compressor) }
  }
}
