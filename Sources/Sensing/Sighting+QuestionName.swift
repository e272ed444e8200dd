internal import Frames
internal import Observation

extension Sighting {
  /// The name that the question asks for, read from the frame that the sighting is of: in wire form without the final
  /// zero; empty if there is none.
  func questionName(in frame: Span<UInt8>) -> [UInt8] {
    guard case .dns(let message) = content, message.nameOffset >= DNSHeader.size else { return [] }
    let start = Int(message.nameOffset)
    var end = start
    // A question's name is the message's first, so that nothing could be before it for a pointer to lead to.
    while end < frame.count, frame[end] != 0 {
      guard frame[end] <= UInt8(DNSName.maximumLabelLength) else { return [] }
      end += 1 + Int(frame[end])
    }
    guard end < frame.count, end - start < DNSName.maximumLength else { return [] }
    let name = frame.extracting(start..<end)
    return unsafe name.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
