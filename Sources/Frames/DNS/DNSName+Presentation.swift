extension DNSName: LosslessStringConvertible {
  /// Parses the presentation form (RFC 1035, section 5.1), absolute with or without the final dot: `\.` is a
  /// dot within a label, `\DDD` a byte in decimal. Characters outside ASCII are taken as their UTF-8 bytes.
  public init?(_ text: String) {
    if text == "." {
      self = .root
      return
    }
    var labels: [[UInt8]] = []
    var label: [UInt8] = []
    var bytes = text.utf8.makeIterator()
    var endedWithDot = false
    while let byte = bytes.next() {
      endedWithDot = byte == UInt8(ascii: ".")
      switch byte {
      case UInt8(ascii: "."):
        guard !label.isEmpty else { return nil }
        labels.append(label)
        label = []
      case UInt8(ascii: "\\"):
        guard let escaped = Self.unescape(&bytes) else { return nil }
        label.append(escaped)
      default:
        label.append(byte)
      }
    }
    if !endedWithDot { labels.append(label) }
    self.init(labels: labels)
  }

  /// The byte that follows a backslash.
  private static func unescape(_ bytes: inout String.UTF8View.Iterator) -> UInt8? {
    guard let first = bytes.next() else { return nil }
    guard let hundreds = first.decimalDigit else { return first }
    guard let tens = bytes.next()?.decimalDigit, let ones = bytes.next()?.decimalDigit else { return nil }
    return UInt8(exactly: hundreds * 100 + tens * 10 + ones)
  }

  /// The presentation form without the final dot, in ASCII whatever the bytes are; "." for the root.
  public var description: String {
    if self == .root { return "." }
    var text: [UInt8] = []
    var presenter = DNSNamePresenter()
    wireForm.dropLast().forEach { presenter.add($0) { text.append($0) } }
    return String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var decimalDigit: Int? { (0x30...0x39).contains(self) ? Int(self) - 0x30 : nil }
}

/// Turns a name's wire form into its presentation form, byte by byte and without allocating.
struct DNSNamePresenter {
  private var labelRemaining = 0
  private var isFirstLabel = true

  /// Takes the next byte of the wire form (without the final zero) and emits what it becomes.
  mutating func add(_ byte: UInt8, _ emit: (UInt8) -> Void) {
    guard labelRemaining > 0 else {
      labelRemaining = Int(byte)
      if !isFirstLabel { emit(UInt8(ascii: ".")) }
      isFirstLabel = false
      return
    }
    labelRemaining -= 1
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "@"),
      UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: ")"):
      emit(UInt8(ascii: "\\"))
      emit(byte)
    case 0x21...0x7e:
      emit(byte)
    default:
      emit(UInt8(ascii: "\\"))
      emit(0x30 + byte / 100)
      emit(0x30 + byte / 10 % 10)
      emit(0x30 + byte % 10)
    }
  }
}
