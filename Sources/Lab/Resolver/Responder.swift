package import Frames
package import Observation
internal import Statistics
internal import WireFormat

/// Decides what becomes of a request: pure, so that it can be tested without a network.
package struct Responder {
  /// What becomes of a request.
  package struct Response {
    /// What is done.
    package let deed: LabResolver.Deed
    /// The answer, or nil for none.
    package let message: [UInt8]?
    /// How long the answer is held back.
    package let delay: Duration
    /// The request's id.
    package let transaction: UInt16
    /// The question, if there was one.
    package let question: DNSQuestion?
  }

  private let zone: ZoneAnswers
  private var generator: SeededGenerator

  /// A responder for a zone; random shares follow from `seed`.
  package init(_ zone: ZoneAnswers, seed: UInt64) {
    self.zone = zone
    generator = SeededGenerator(seed: seed)
  }

  /// What becomes of these bytes; nil if they are no request at all.
  package mutating func respond(
    to bytes: Span<UInt8>,
    over transport: DNSTransport,
    _ behaviour: LabResolver.Behaviour
  ) -> Response? {
    var reader = ByteReader(bytes)
    guard let header = try? DNSHeader(parsing: &reader), !header.flags.contains(.response) else { return nil }
    // Drawn for every request, so that a name which decides for itself doesn't shift the fates of others.
    let number = generator.unit()
    var whole = ByteReader(bytes)
    let parsed = try? DNSMessage(parsing: &whole)
    guard let request = parsed, request.questions.count == 1, request.flags.opcode == 0,
      request.edns?.version ?? 0 == 0
    else { return reject(header, parsed) }
    let question = request.questions[0]
    let steering = Steering(question.name)
    var deed = steering.deed ?? behaviour.fate(number) ?? .answered
    if deed == .truncated, transport == .tcp { deed = .answered }
    let limit = transport == .udp ? max(512, Int(request.edns?.bufferSize ?? 512)) : Int(UInt16.max)
    var message: [UInt8]?
    switch deed {
    case .muted, .rejected: break
    case .servfail: message = encode(reply(to: request, .serverFailure))
    case .refused: message = encode(reply(to: request, .refused))
    case .truncated: message = encode(truncated(request))
    case .answered:
      let full = encode(answer(request, question, steering))
      message = full.count <= limit ? full : encode(truncated(request))
      if full.count > limit { deed = .truncated }
    }
    return Response(
      deed: deed,
      message: message,
      delay: steering.delay ?? behaviour.delay,
      transaction: request.identifier,
      question: question
    )
  }

  private func reject(_ header: DNSHeader, _ request: DNSMessage?) -> Response {
    let code: DNSResponseCode =
      switch request {
      case nil: .formatError
      case .some where header.flags.opcode != 0: .notImplemented
      case .some(let request) where request.edns?.version ?? 0 != 0: .badVersion
      case .some: .formatError
      }
    let base = request ?? DNSMessage(identifier: header.identifier, flags: header.flags)
    return Response(
      deed: .rejected,
      message: encode(reply(to: base, code)),
      delay: .zero,
      transaction: header.identifier,
      question: request?.questions.first
    )
  }

  private func reply(to request: DNSMessage, _ code: DNSResponseCode) -> DNSMessage {
    var flags = request.flags.intersection([.recursionDesired, .checkingDisabled])
    flags.formUnion([.response, .recursionAvailable])
    flags.opcode = request.flags.opcode
    flags.responseCode = UInt8(code.rawValue & 0xf)
    let edns = request.edns.map { _ in
      EDNS(bufferSize: 1232, upperResponseCode: UInt8(truncatingIfNeeded: code.rawValue >> 4)).record
    }
    return DNSMessage(
      identifier: request.identifier,
      flags: flags,
      questions: request.questions,
      additional: edns.map { [$0] } ?? []
    )
  }

  private func truncated(_ request: DNSMessage) -> DNSMessage {
    var message = reply(to: request, .noError)
    message.flags.insert(.truncated)
    return message
  }

  private func answer(_ request: DNSMessage, _ question: DNSQuestion, _ steering: Steering) -> DNSMessage {
    let answer = zone.answer(question, textSize: steering.textSize)
    var message = reply(to: request, steering.isMissing ? .nameError : answer.responseCode)
    message.flags.insert(.authoritative)
    if !steering.isMissing { message.answers = answer.answers }
    message.authorities = answer.authorities
    return message
  }

  private func encode(_ message: DNSMessage) -> [UInt8] {
    var writer = ByteWriter()
    message.write(to: &writer)
    return writer.bytes
  }
}
