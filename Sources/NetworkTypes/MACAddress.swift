/// A 48-bit IEEE 802 address.
public struct MACAddress: Hashable, Sendable {
  /// The address as a number, first octet most significant; the upper 16 bits are zero.
  public let rawValue: UInt64

  /// The address with the low 48 bits of `rawValue`.
  public init(_ rawValue: UInt64) { self.rawValue = rawValue & 0xffff_ffff_ffff }

  /// The address with these octets, or nil unless there are six.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == 6 else { return nil }
    self.init(octets.reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The six octets in the order of transmission.
  public var octets: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: rawValue >> (40 - 8 * UInt64($0))) } }

  /// ff:ff:ff:ff:ff:ff
  public static let broadcast = MACAddress(0xffff_ffff_ffff)
  /// 00:00:00:00:00:00
  public static let zero = MACAddress(0)

  /// Whether the group bit is set (IEEE 802, I/G): multicast and broadcast.
  public var isMulticast: Bool { rawValue & 0x0100_0000_0000 != 0 }
  /// Whether the address was assigned locally (IEEE 802, U/L), as Docker's and random ones are.
  public var isLocallyAdministered: Bool { rawValue & 0x0200_0000_0000 != 0 }

  /// A random unicast address, locally administered, as the kernel's `eth_random_addr` makes them
  /// (`linux/etherdevice.h`).
  public static func random(using generator: inout some RandomNumberGenerator) -> MACAddress {
    MACAddress(
      UInt64.random(in: 0...0xffff_ffff_ffff, using: &generator) & ~0x0100_0000_0000 | 0x0200_0000_0000
    )
  }
}

extension MACAddress: Comparable {
  /// The order in which a bridge compares its ports' addresses (`br_stp_recalculate_bridge_id`): by octets.
  public static func < (left: MACAddress, right: MACAddress) -> Bool { left.rawValue < right.rawValue }
}

extension MACAddress: LosslessStringConvertible {
  /// Parses six octets of one or two hexadecimal digits between colons.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    var value: UInt64 = 0
    for part in parts {
      guard (1...2).contains(part.count), part.allSatisfy(\.isHexDigit), let octet = UInt8(part, radix: 16)
      else { return nil }
      value = value << 8 | UInt64(octet)
    }
    self.init(value)
  }

  /// Lower-case hexadecimal octets between colons.
  public var description: String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}
