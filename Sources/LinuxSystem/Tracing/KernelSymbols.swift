/// The kernel's functions by address, as /proc/kallsyms lists them.
public struct KernelSymbols: Sendable {
  private let addresses: [UInt64]
  private let names: [Range<Int>]
  private let text: [UInt8]

  /// Reads the list. It is without addresses, and of no use, if kernel.kptr_restrict hides them from this
  /// process.
  public init() throws(SystemError) {
    self.init(parsing: try Descriptor(opening: "/proc/kallsyms").readToEnd(subject: "/proc/kallsyms"))
  }

  /// Reads a list: on each line an address in hexadecimal, a letter, the name, and perhaps a module.
  public init(parsing text: [UInt8]) {
    var functions: [(address: UInt64, name: Range<Int>)] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0a) ?? text.endIndex
      if let function = Self.function(in: text, start..<end) { functions.append(function) }
      start = end + 1
    }
    functions.sort { $0.address < $1.address }
    addresses = functions.map(\.address)
    names = functions.map(\.name)
    self.text = text
  }

  /// The function on a line; nil if it is data, or its address is hidden.
  private static func function(in text: [UInt8], _ line: Range<Int>) -> (address: UInt64, name: Range<Int>)? {
    var position = line.lowerBound
    var address: UInt64 = 0
    while position < line.upperBound, let digit = hexadecimalDigit(text[position]) {
      address = address << 4 | digit
      position += 1
    }
    // A space, the letter of nm(1), a space, and the name up to a tab, if a module follows.
    guard address != 0, position + 3 < line.upperBound, isCode(text[position + 1]) else { return nil }
    let start = position + 3
    var end = start
    while end < line.upperBound, text[end] != 0x09 { end += 1 }
    return (address, start..<end)
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x61...0x66: UInt64(byte - 0x61 + 10)
    default: nil
    }
  }

  private static func isCode(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "w"), UInt8(ascii: "W"): true
    default: false
    }
  }

  /// The function that an address is in, without what the compiler added to the name (".part.0"); nil if the
  /// address is before the first one.
  public func function(at address: UInt64) -> String? {
    var (low, high) = (0, addresses.count)
    while low < high {
      let middle = (low + high) / 2
      if addresses[middle] <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    return String(decoding: text[names[low - 1]].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
  }
}
