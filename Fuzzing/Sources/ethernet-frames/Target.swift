import Frames
import NetworkTypes
import WireFormat

/// Any bytes are decoded or refused. What is decoded is encoded to the very same bytes; with lengths and
/// checksums computed anew it is decoded to the same, and the sums are right; so is an answer to it.
@c(LLVMFuzzerTestOneInput)
public func fuzzEthernetFrames(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let frame = EthernetFrame(decoding: bytes) else { return 0 }
  precondition(frame.encoded == bytes, "encoded differently")
  check(frame.computed)
  for tag in frame.header.tags {
    let same = VLANTag(
      tag.identifier,
      type: tag.type,
      priority: tag.priority,
      isDropEligible: tag.isDropEligible
    )
    precondition(same == tag, "a tag has more than its parts")
  }
  switch frame.content {
  case .arp(let packet): answer(packet, frame.header)
  case .ipv4(let header, let content): answer(header, content, frame)
  case .ipv6(let header, let content): answer(header, content, frame)
  case .other: break
  }
  return 0
}

/// A frame whose derived fields are to be computed is decoded to the same, with right checksums.
func check(_ frame: EthernetFrame) {
  let bytes = frame.encoded
  guard let decoded = EthernetFrame(decoding: bytes) else {
    preconditionFailure("what was encoded is refused")
  }
  precondition(decoded.computed == frame, "decoded differently")
  precondition(decoded.encoded == bytes, "encoded differently")
  precondition(decoded.hasRightChecksums, "a wrong checksum")
}
