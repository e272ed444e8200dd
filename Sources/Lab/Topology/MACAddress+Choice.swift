public import NetworkTypes

extension MACAddress {
  /// A random unicast, locally administered address that a bridge finds smaller than `bound`.
  ///
  /// Below the smallest such address, 02:00:00:00:00:00, there is none; that one is the answer then.
  public static func unicast(below bound: MACAddress, using generator: inout some RandomNumberGenerator)
    -> MACAddress
  {
    let least: UInt64 = 0x0200_0000_0000
    guard bound.rawValue > least else { return MACAddress(least) }
    // The bound's own first octet allows locally administered unicast; smaller first octets may not.
    return MACAddress(UInt64.random(in: least..<min(bound.rawValue, 0x0300_0000_0000), using: &generator))
  }

  /// A random unicast, locally administered address that a bridge finds greater than `bound`.
  public static func unicast(above bound: MACAddress, using generator: inout some RandomNumberGenerator)
    -> MACAddress
  {
    let greatest: UInt64 = 0xfeff_ffff_ffff
    let least = max(bound.rawValue + 1, 0xfe00_0000_0000)
    return MACAddress(least < greatest ? UInt64.random(in: least...greatest, using: &generator) : greatest)
  }
}
