import Frames
import WireFormat

/// Any bytes are decoded or refused. What is decoded is encoded to the very same bytes, and decoded to the same.
@c(LLVMFuzzerTestOneInput)
public func fuzzEthernetFrames(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  var reader = ByteReader(bytes.span)
  guard let frame = try? EthernetFrame(parsing: &reader) else { return 0 }
  var writer = ByteWriter()
  frame.write(to: &writer)
  let encoded = writer.bytes
  precondition(encoded == bytes, "encoded differently")
  var again = ByteReader(encoded.span)
  let decoded = try? EthernetFrame(parsing: &again)
  precondition(decoded == frame, "decoded differently")
  if case .ipv6(let header, .icmp(_, let body)) = frame.content { discover(header, body, bytes) }
  return 0
}

/// Reads the body as neighbour discovery and as an error's quotation; neither may trap.
private func discover(_ header: IPv6Header, _ body: [UInt8], _ bytes: [UInt8]) {
  let packet = Array(bytes.suffix(body.count + 4))
  var reader = ByteReader(packet.span)
  if let message = try? NeighbourMessage(parsing: &reader) {
    var writer = ByteWriter()
    message.write(to: &writer, over: header.pseudoHeader)
    let encoded = writer.bytes
    var again = ByteReader(encoded.span)
    let decoded = try? NeighbourMessage(parsing: &again)
    precondition(decoded == message, "neighbour discovery decoded differently")
  }
  var errors = ByteReader(body.span)
  _ = (try? ICMPError(parsing: &errors))?.flow
}
