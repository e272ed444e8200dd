internal import NetworkTypes
internal import WireFormat

extension ByteReader {
  /// The next six octets as a link address.
  mutating func readMACAddress(field: String) throws(WireError) -> MACAddress {
    try require(6, field: field)
    let high = try readBigEndian(UInt16.self, field: field)
    let low = try readBigEndian(UInt32.self, field: field)
    return MACAddress(UInt64(high) << 32 | UInt64(low))
  }

  /// The next four octets as an address.
  mutating func readIPv4Address(field: String) throws(WireError) -> IPv4Address {
    IPv4Address(try readBigEndian(UInt32.self, field: field))
  }

  /// The next sixteen octets as an address.
  mutating func readIPv6Address(field: String) throws(WireError) -> IPv6Address {
    IPv6Address(try readBigEndian(UInt128.self, field: field))
  }
}
