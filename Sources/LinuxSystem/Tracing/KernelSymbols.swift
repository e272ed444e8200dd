/// The kernel's functions by address, as /proc/kallsyms lists them.
public struct KernelSymbols: Sendable {
  private let addresses: [UInt64]
  private let names: [String]

  /// Reads the list. It is without addresses, and of no use, if kernel.kptr_restrict hides them from this
  /// process.
  public init() throws(SystemError) {
    self.init(parsing: try Descriptor(opening: "/proc/kallsyms").readToEnd(subject: "/proc/kallsyms"))
  }

  /// Reads a list: on each line an address in hexadecimal, a letter, the name, and perhaps a module.
  public init(parsing text: [UInt8]) {
    var functions: [(address: UInt64, name: String)] = []
    for line in text.split(separator: 0x0a) {
      let parts = line.split(maxSplits: 3) { $0 == 0x20 || $0 == 0x09 }
      // Letters of nm(1) for code; the others are data.
      guard parts.count >= 3, let letter = parts[1].first, "tTwW".utf8.contains(letter),
        let address = UInt64(String(decoding: parts[0], as: UTF8.self), radix: 16), address != 0
      else { continue }
      functions.append((address, String(decoding: parts[2], as: UTF8.self)))
    }
    functions.sort { $0.address < $1.address }
    addresses = functions.map(\.address)
    names = functions.map(\.name)
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
    return String(names[low - 1].prefix { $0 != "." })
  }
}
