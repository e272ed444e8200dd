internal import NetworkTypes

/// Replaces Internet addresses so that two that share a prefix share one of that length afterwards, and what is
/// known for what it is (loopback, multicast, private ranges, public resolvers) stays so.
struct AddressReplacement {
  private let key: AnonymisationKey

  init(_ key: AnonymisationKey) { self.key = key }

  /// A prefix that stays where it is.
  private struct Special {
    let bits: UInt128
    let length: Int
    /// Whether everything in it stays as it is.
    let isKept: Bool

    init(_ prefix: IPPrefix, isKept: Bool) {
      (bits, _) = AddressReplacement.bits(prefix.address)
      length = prefix.length
      self.isKept = isKept
    }
  }

  private static let v4: [Special] = specials(
    kept: [
      "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3", "8.8.8.8/32", "8.8.4.4/32", "1.1.1.1/32", "1.0.0.1/32",
      "9.9.9.9/32",
      "169.254.169.253/32", "169.254.169.254/32",
    ],
    placed: [
      "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "198.18.0.0/15",
    ]
  )

  private static let v6: [Special] = specials(
    kept: [
      "::/64", "ff00::/8", "2001:4860:4860::8888/128", "2001:4860:4860::8844/128", "2606:4700:4700::1111/128",
      "2606:4700:4700::1001/128", "2620:fe::fe/128", "64:ff9b::/96",
    ],
    placed: ["fe80::/64", "fc00::/8", "fd00::/8", "2000::/3"]
  )

  private static func specials(kept: [String], placed: [String]) -> [Special] {
    kept.compactMap { IPPrefix($0) }.map { Special($0, isKept: true) }
      + placed.compactMap { IPPrefix($0) }.map { Special($0, isKept: false) }
  }

  /// What stands for an address.
  func address(_ address: IPAddress) -> IPAddress { replaced(address, length: address.family.addressBits) }

  /// What stands for an address with its network's length, or for a network.
  func prefix(_ prefix: IPPrefix) -> IPPrefix {
    // A network has no host part, before and after.
    let isNetwork = prefix.network.address == prefix.address
    let length = isNetwork ? prefix.length : prefix.address.family.addressBits
    return IPPrefix(replaced(prefix.address, length: length), length: prefix.length) ?? prefix
  }

  /// The address with its first `length` bits replaced.
  private func replaced(_ address: IPAddress, length: Int) -> IPAddress {
    let (original, width) = Self.bits(address)
    let specials = address.family == .v4 ? Self.v4 : Self.v6
    if specials.contains(where: { $0.isKept && Self.shares(original, $0.bits, $0.length, width) }) {
      return kept(address, original)
    }
    var result = original
    for position in 0..<length {
      // A bit that decides whether an address is in a special prefix stays; the others depend on those before.
      let decides = specials.contains {
        $0.length > position && Self.shares(original, $0.bits, position, width)
      }
      if decides { continue }
      let before = position == 0 ? 0 : original >> UInt128(width - position)
      if key.hash(address.family == .v4 ? "ipv4" : "ipv6", before, position) & 1 == 1 {
        result ^= 1 << UInt128(width - 1 - position)
      }
    }
    return Self.address(result, address.family)
  }

  /// Of what is kept, a solicited-node address (RFC 4291, 2.7.1) ends like an address that isn't.
  private func kept(_ address: IPAddress, _ bits: UInt128) -> IPAddress {
    guard address.family == .v6, bits >> 24 == Self.solicited else { return address }
    let tail = UInt128(key.hash("solicited", bits, 128) & 0xff_ffff)
    return Self.address((bits & ~0xff_ffff) | tail, .v6)
  }

  private static let solicited = IPPrefix("ff02::1:ff00:0/104").map { bits($0.address).0 >> 24 } ?? 0

  private static func shares(_ left: UInt128, _ right: UInt128, _ length: Int, _ width: Int) -> Bool {
    length == 0 || left >> UInt128(width - length) == right >> UInt128(width - length)
  }

  private static func bits(_ address: IPAddress) -> (UInt128, Int) {
    switch address {
    case .v4(let address): (UInt128(address.rawValue), 32)
    case .v6(let address): (address.rawValue, 128)
    }
  }

  private static func address(_ bits: UInt128, _ family: IPFamily) -> IPAddress {
    family == .v4 ? .v4(IPv4Address(UInt32(truncatingIfNeeded: bits))) : .v6(IPv6Address(bits))
  }
}
