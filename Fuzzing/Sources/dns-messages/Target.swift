import Frames
import WireFormat

/// Any bytes are decoded or refused. What is decoded can be encoded, and is then decoded to the same; the digest
/// of a message's beginning agrees with the whole; names and types survive being printed; and what a message is
/// made of makes the same message.
@c(LLVMFuzzerTestOneInput)
public func fuzzDNSMessages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  // What a person types is short; most inputs are messages.
  if bytes.count <= 64 { checkText(bytes) }
  let digest = DNSDigest(decoding: bytes)
  guard let message = DNSMessage(decoding: bytes) else { return 0 }
  precondition(DNSMessage(decoding: message.encoded) == message, "decoded differently")
  precondition(digest?.question == message.questions.first?.name.digest ?? 0, "the digest differs")
  precondition(
    digest?.type == message.questions.first?.type ?? DNSRecordType(rawValue: 0),
    "the digest differs"
  )
  check(message)
  // Not all, which would make most executions slow: any record can be the first.
  if let question = message.questions.first { check(question) }
  for section in [message.answers, message.authorities, message.additional] where !section.isEmpty {
    check(section[0])
  }
  return 0
}

/// Takes the bytes for what a person typed: what is a name or a type is also one after it was printed.
private func checkText(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  if let name = DNSName(text) { check(name) }
  if bytes.count <= 16, let type = DNSRecordType(text) { check(type) }
}

private func check(_ message: DNSMessage) {
  let same = DNSMessage(
    identifier: message.identifier,
    flags: message.flags,
    questions: message.questions,
    answers: message.answers,
    authorities: message.authorities,
    additional: message.additional
  )
  precondition(same == message, "a message has more than its parts")
  var flags = message.flags
  flags.opcode = message.flags.opcode
  flags.responseCode = message.flags.responseCode
  precondition(flags == message.flags, "flags that are set to what they are differ")
  precondition(
    message.responseCode.rawValue & 0xf == UInt16(flags.responseCode)
      && !message.responseCode.description.isEmpty,
    "another response code"
  )
  guard let edns = message.edns else { return }
  precondition(EDNS(edns.record) == edns, "EDNS differs in its record")
  for case .extendedError(let error) in edns.options {
    let printable = error.description.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    precondition(printable, "an extended error is not printable")
  }
}

private func check(_ question: DNSQuestion) {
  check(question.name)
  check(question.type)
  let same = DNSQuestion(question.name, question.type, class: question.class)
  precondition(same == question && same.matches(question), "a question differs from its parts")
  let query = DNSMessage(query: question, identifier: 1, bufferSize: 1232)
  precondition(DNSMessage(decoding: query.encoded) == query, "a query is decoded differently")
}

private func check(_ record: DNSRecord) {
  check(record.name)
  check(record.type)
  let same = DNSRecord(record.name, class: record.class, timeToLive: record.timeToLive, record.data)
  precondition(same == record, "a record differs from its parts")
  switch record.data {
  case .cname(let name), .ns(let name), .ptr(let name), .mx(_, let name): check(name)
  case .soa(let start):
    check(start.primary)
    check(start.mailbox)
    let same = DNSStartOfAuthority(
      primary: start.primary,
      mailbox: start.mailbox,
      serial: start.serial,
      refresh: start.refresh,
      retry: start.retry,
      expire: start.expire,
      minimum: start.minimum
    )
    precondition(same == start, "a start of authority has more than its parts")
  default: break
  }
}

private func check(_ name: DNSName) {
  precondition(DNSName(name.description) == name, "a name doesn't survive being printed")
  precondition(DNSName(labels: name.labels) == name, "a name differs from its labels")
  var writer = ByteWriter()
  name.write(to: &writer)
  let written = writer.bytes
  var reader = ByteReader(written.span)
  let decoded = try? DNSName(parsing: &reader)
  precondition(decoded == name, "a name without pointers is decoded differently")
  precondition(name.matches(name) && name.isWithin(name) && name.isWithin(.root), "a name is not where it is")
  if let parent = DNSName(labels: name.labels.dropFirst()) {
    precondition(name.isWithin(parent), "a name is not below its parent")
    precondition(name == .root || !parent.isWithin(name), "a name is below its child")
  }
  let upper = DNSName(labels: name.labels.map { $0.map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 } })
  precondition(upper.map { $0.matches(name) && $0.digest == name.digest } ?? false, "case makes a difference")
}

private func check(_ type: DNSRecordType) {
  precondition(DNSRecordType(type.description) == type, "a type doesn't survive being printed")
}

extension DNSMessage {
  fileprivate init?(decoding bytes: [UInt8]) {
    var reader = ByteReader(bytes.span)
    guard let message = try? DNSMessage(parsing: &reader) else { return nil }
    self = message
  }

  fileprivate var encoded: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }
}

extension DNSDigest {
  fileprivate init?(decoding bytes: [UInt8]) {
    var reader = ByteReader(bytes.span)
    guard let digest = try? DNSDigest(parsing: &reader) else { return nil }
    self = digest
  }
}
