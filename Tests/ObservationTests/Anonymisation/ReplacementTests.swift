import NetworkTypes
import Testing

@testable import Observation

@Suite struct ReplacementTests {
  private let key = AnonymisationKey(Array("a secret of some length".utf8))

  // Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, appendix A: this key, these 15 bytes.
  @Test func `the keyed hash is the paper's`() {
    let words: [UInt64] = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908]
    let key = AnonymisationKey(low: words[0], high: words[1])
    #expect(key.hash(Array(0..<15)) == 0xa129_ca61_49be_45e5)
  }

  @Test(arguments: [
    "127.0.0.1", "127.0.0.11", "0.0.0.0", "255.255.255.255", "224.0.0.251", "8.8.8.8", "169.254.169.254",
    "::1", "::",
    "ff02::1", "ff02::fb",
  ])
  func `well-known addresses stay`(text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(AddressReplacement(key).address(address) == address)
  }

  @Test(arguments: [
    ("10.1.2.3", "10.0.0.0/8"), ("172.18.0.2", "172.16.0.0/12"), ("192.168.7.9", "192.168.0.0/16"),
    ("169.254.3.4", "169.254.0.0/16"), ("100.100.1.2", "100.64.0.0/10"), ("fe80::1234", "fe80::/64"),
    ("fd00:18::5", "fd00::/8"), ("2a02:1234::5", "2000::/3"),
  ])
  func `an address changes and stays in the range that says what it is`(text: String, range: String) throws {
    let address = try #require(IPAddress(text))
    let replaced = AddressReplacement(key).address(address)
    #expect(replaced != address)
    #expect(try #require(IPPrefix(range)).contains(replaced))
  }

  @Test func `addresses share as long a prefix as they did, and no two become one`() throws {
    var generator = SystemRandomNumberGenerator()
    let replacement = AddressReplacement(key)
    func shared(_ left: UInt32, _ right: UInt32) -> Int { (left ^ right).leadingZeroBitCount }
    var seen: Set<UInt32> = []
    for _ in 0..<500 {
      let left = UInt32.random(in: 0x0100_0000..<0xe000_0000, using: &generator)
      let right =
        left
        ^ (UInt32.random(in: .min ... .max, using: &generator) >> UInt32.random(in: 0..<32, using: &generator))
      guard case .v4(let first) = replacement.address(.v4(IPv4Address(left))),
        case .v4(let second) = replacement.address(.v4(IPv4Address(right)))
      else { continue }
      let isKept = first.rawValue == left || second.rawValue == right
      #expect(isKept || shared(first.rawValue, second.rawValue) == shared(left, right))
      seen.insert(first.rawValue)
    }
    #expect(seen.count > 490)
  }

  @Test func `a network stays a network`() throws {
    let replaced = AddressReplacement(key).prefix(try #require(IPPrefix("172.18.0.0/16")))
    #expect(replaced.network == replaced)
    #expect(replaced.length == 16)
    let all = try #require(IPPrefix("0.0.0.0/0"))
    #expect(AddressReplacement(key).prefix(all) == all)
  }

  @Test func `link addresses keep their order and what their first octet says`() {
    var generator = SystemRandomNumberGenerator()
    let originals = Set((0..<300).map { _ in MACAddress.random(using: &generator) } + [.zero, .broadcast])
      .union([MACAddress(0x0242_ac12_0002), MACAddress(0x0242_ac12_0003), MACAddress(0x0100_5e00_0001)])
    let replacement = LinkAddressReplacement(key, originals)
    let ordered = originals.sorted()
    let replaced = ordered.map { replacement.address($0) }
    #expect(replaced == replaced.sorted())
    #expect(Set(replaced).count == originals.count)
    for (before, after) in zip(ordered, replaced) {
      #expect(before.rawValue >> 40 == after.rawValue >> 40)
      if before.isMulticast || before == .zero || before == .broadcast { #expect(before == after) }
    }
    #expect(replacement.address(MACAddress(0x0242_ac12_0002)) != MACAddress(0x0242_ac12_0002))
  }

  @Test(arguments: [
    "lo", "eth0", "eth0.100", "docker0", "br0", "virbr0", "docker_gwbridge", "flannel.1", "all",
  ])
  func `interfaces that everybody has keep their names`(name: String) {
    #expect(NameReplacement(key).interface(name) == name)
  }

  @Test(arguments: ["acmebr", "br-ci", "vethabc123", "enp3s0acme", "büro", "x"])
  func `an interface's new name is one that the kernel takes`(name: String) {
    let replaced = NameReplacement(key).interface(name)
    #expect(replaced != name)
    #expect((1...15).contains(replaced.utf8.count))
    #expect(replaced.hasPrefix("veth") == name.hasPrefix("veth"))
    #expect(replaced == NameReplacement(key).interface(name))
  }
}
