/// The options of a block, in order (draft-ietf-opsawg-pcapng, section 3.5).
///
/// ```
/// | code 2 | length 2 | value, padded to a multiple of four |
/// ```
struct PcapngOptions {
  static let comment: UInt16 = 1

  /// An option, whose value is at a distance from the block's beginning.
  struct Option {
    let code: UInt16
    let place: Int
    let count: Int

    func text(in buffer: borrowing CaptureBuffer) -> String {
      PcapngOptions.text(in: buffer, from: place, count: count)
    }
  }

  private var place: Int
  private let end: Int
  private let isSwapped: Bool

  init(at place: Int, until end: Int, isSwapped: Bool) {
    self.place = place
    self.end = end
    self.isSwapped = isSwapped
  }

  /// The next option; nil after the last one, and after one that doesn't fit.
  mutating func next(_ buffer: borrowing CaptureBuffer) -> Option? {
    guard place + 4 <= end else { return nil }
    let code: UInt16 = buffer.load(at: place, swapped: isSwapped)
    let length: UInt16 = buffer.load(at: place + 2, swapped: isSwapped)
    let option = Option(code: code, place: place + 4, count: Int(length))
    // 0 is opt_endofopt.
    guard code != 0, option.place + option.count <= end else { return nil }
    place = option.place + (option.count + 3) & ~3
    return option
  }

  /// Text, which should be UTF-8 and can be anything.
  static func text(in buffer: borrowing CaptureBuffer, from place: Int, count: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for distance in 0..<count { bytes.append(buffer.byte(at: place + distance)) }
    // Some writers count a final zero.
    while bytes.last == 0 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
