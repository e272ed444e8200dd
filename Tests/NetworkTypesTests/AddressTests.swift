import NetworkTypes
import Testing

@Suite struct AddressTests {
  @Test func `MAC addresses print as they are parsed, and compare as a bridge compares them`() throws {
    let low = try #require(MACAddress("02:00:00:00:00:ff"))
    let high = try #require(MACAddress("2:0:0:0:1:0"))
    #expect(high.description == "02:00:00:00:01:00")
    #expect(low < high)
    #expect(MACAddress(octets: low.octets) == low)
    #expect(low.isLocallyAdministered && !low.isMulticast)
  }

  @Test(arguments: ["", "02:00:00:00:00", "02:00:00:00:00:00:00", "02:00:00:00:00:+1", "02:00:00:00:00:100"])
  func `what is no MAC address is refused`(text: String) { #expect(MACAddress(text) == nil) }

  @Test func `random MAC addresses are unicast and locally administered`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let address = MACAddress.random(using: &generator)
      #expect(!address.isMulticast && address.isLocallyAdministered)
    }
  }

  @Test(arguments: ["0.0.0.0", "172.18.0.1", "255.255.255.255"])
  func `IPv4 addresses print as they are parsed`(text: String) throws {
    #expect(try #require(IPv4Address(text)).description == text)
  }

  @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.-4", "1.2.3.４"])
  func `what is no IPv4 address is refused`(text: String) { #expect(IPv4Address(text) == nil) }

  // RFC 5952, sections 4 and 5.
  @Test(arguments: [
    ("2001:0db8::0001", "2001:db8::1"), ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:DB8::A", "2001:db8::a"), ("::", "::"),
    ("::1", "::1"),
    ("1::", "1::"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
  ])
  func `IPv6 addresses print in canonical form`(text: String, canonical: String) throws {
    #expect(try #require(IPv6Address(text)).description == canonical)
  }

  @Test(arguments: [
    "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "1:2:3:4:5:6:7:8::", "g::",
  ])
  func `what is no IPv6 address is refused`(text: String) { #expect(IPv6Address(text) == nil) }

  @Test func `a prefix contains what shares its network part`() throws {
    let prefix = try #require(IPPrefix("172.18.0.1/16"))
    #expect(prefix.network.description == "172.18.0.0/16")
    #expect(prefix.contains(.v4(IPv4Address(172, 18, 200, 3))))
    #expect(!prefix.contains(.v4(IPv4Address(172, 19, 0, 1))))
    #expect(!prefix.contains(.v6(.loopback)))
    #expect(try #require(IPPrefix("0.0.0.0/0")).contains(.v4(.loopback)))
    #expect(try #require(IPPrefix("fd00:18::1/64")).network.description == "fd00:18::/64")
    #expect(IPPrefix("172.18.0.1/33") == nil)
    #expect(IPPrefix("172.18.0.1/-1") == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000000Z"), (951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z"),
    (1_795_406_706_000_000_007, "2026-11-23T04:05:06.000000007Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
    (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
  ])
  func `moments print in RFC 3339`(nanoseconds: Int64, text: String) {
    #expect(Timestamp(nanoseconds: nanoseconds).description == text)
  }
}
