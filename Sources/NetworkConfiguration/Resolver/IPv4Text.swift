internal import NetworkTypes

/// IPv4 addresses as inet_aton(3) reads them, which resolv.conf(5) uses.
enum IPv4Text {
  /// One to four numbers between dots, decimal, octal ("0…") or hexadecimal ("0x…"); the last fills what is left.
  static func parse(_ text: String) -> IPv4Address? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    var value: UInt32 = 0
    for (index, part) in parts.enumerated() {
      guard let number = number(part) else { return nil }
      let isLast = index == parts.count - 1
      let bits = isLast ? 32 - 8 * index : 8
      if bits < 32, number >= 1 << UInt32(bits) { return nil }
      value = isLast ? value | number : value | number << UInt32(24 - 8 * index)
    }
    return IPv4Address(value)
  }

  private static func number(_ text: Substring) -> UInt32? {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt32(text.dropFirst(2), radix: 16) }
    return UInt32(text, radix: first == 0x30 && text.utf8.count > 1 ? 8 : 10)
  }
}
