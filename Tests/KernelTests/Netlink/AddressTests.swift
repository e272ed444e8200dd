import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import SystemPackage
import Testing

@Suite struct InterfaceAddressTests {
  let connection: NetlinkConnection
  let index: InterfaceIndex

  init() throws {
    connection = try NetlinkConnection(in: NetworkNamespace.make())
    index = try connection.createLink(
      NewLink(name: "veth0", kind: .veth(peer: NewPeer(name: "veth1", isUp: true)), isUp: true)
    )
  }

  @Test func `IPv4 addresses are added, listed and deleted`() throws {
    let prefix = try #require(IPPrefix("192.0.2.1/24"))
    try connection.addAddress(prefix, to: index)
    let address = try #require(try connection.addresses().first { $0.family == .v4 })
    #expect(address.prefix == prefix)
    #expect(address.index == index)
    #expect(address.scope == .universe)
    #expect(address.label == "veth0")
    #expect(address.peer == nil)
    #expect(address.flags.contains(.permanent))
    try connection.deleteAddress(prefix, from: index)
    #expect(try connection.addresses().allSatisfy { $0.family == .v6 })
  }

  @Test func `an address may have a peer`() throws {
    let prefix = try #require(IPPrefix("192.0.2.1/32"))
    let peer = try #require(IPAddress("198.51.100.7"))
    try connection.addAddress(prefix, to: index, peer: peer)
    let address = try #require(try connection.addresses().first { $0.family == .v4 })
    #expect(address.address == prefix.address)
    #expect(address.peer == peer)
  }

  @Test func `an IPv6 address is usable at once, or only after detection`() throws {
    let prefix = try #require(IPPrefix("2001:db8::1/64"))
    let other = try #require(IPPrefix("2001:db8::2/64"))
    try connection.addAddress(prefix, to: index)
    try connection.addAddress(other, to: index, skipsDuplicateDetection: false)
    let addresses = try connection.addresses()
    let first = try #require(addresses.first { $0.prefix == prefix })
    #expect(first.flags.contains(.withoutDuplicateDetection))
    #expect(!first.flags.contains(.tentative))
    let second = try #require(addresses.first { $0.prefix == other })
    #expect(second.flags.contains(.tentative))
    try connection.deleteAddress(prefix, from: index)
    #expect(try !connection.addresses().contains { $0.prefix == prefix })
  }

  @Test func `an address that is there already is refused by name`() throws {
    let prefix = try #require(IPPrefix("192.0.2.1/24"))
    try connection.addAddress(prefix, to: index)
    let error = #expect(throws: NetlinkError.self) { try connection.addAddress(prefix, to: index) }
    #expect(error?.errno == .fileExists)
    #expect(error?.subject == "address 192.0.2.1/24 to link veth0 (\(index))")
  }
}
