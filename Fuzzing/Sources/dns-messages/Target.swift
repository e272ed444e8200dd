import Frames
import WireFormat

/// Any bytes are decoded or refused. What is decoded can be encoded, and is then decoded to the same; the digest
/// of a message's beginning agrees with the whole, and names survive being printed.
@c(LLVMFuzzerTestOneInput)
public func fuzzDNSMessages(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let message = decode(bytes) else { return 0 }
  var writer = ByteWriter()
  message.write(to: &writer)
  precondition(decode(writer.bytes) == message, "decoded differently")
  let question = message.questions.first
  precondition(digest(bytes) == question?.name.digest ?? 0, "the digest differs")
  for question in message.questions {
    precondition(DNSName(question.name.description) == question.name, "a name doesn't survive being printed")
  }
  return 0
}

private func decode(_ bytes: [UInt8]) -> DNSMessage? {
  var reader = ByteReader(bytes.span)
  return try? DNSMessage(parsing: &reader)
}

private func digest(_ bytes: [UInt8]) -> UInt64? {
  var reader = ByteReader(bytes.span)
  return (try? DNSDigest(parsing: &reader))?.question
}
