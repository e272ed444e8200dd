internal import NetworkTypes

/// Link addresses as configuration files write them.
enum MACText {
  /// An address between colons, hyphens or (systemd, in fours) dots; nil if it is none.
  static func parse(_ text: String) -> MACAddress? {
    if let address = MACAddress(text) { return address }
    if text.contains("-") { return MACAddress(String(text.map { $0 == "-" ? ":" : $0 })) }
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    guard groups.count == 3, groups.allSatisfy({ $0.utf8.count == 4 && $0.allSatisfy(\.isHexDigit) }),
      let value = UInt64(groups.joined(), radix: 16)
    else { return nil }
    return MACAddress(value)
  }
}
