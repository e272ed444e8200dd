import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Testing

@Suite struct LinkTests {
  @Test func `links are made, changed, listed and deleted`() throws {
    let namespace = try NetworkNamespace.make()
    let connection = try NetlinkConnection(in: namespace)
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    let address = try #require(MACAddress("02:00:00:00:00:07"))
    let port = try connection.createLink(
      NewLink(
        name: "port0",
        kind: .veth(peer: NewPeer(name: "end0")),
        address: address,
        isUp: true,
        master: bridge,
        mtu: 1400
      )
    )
    let link = try connection.link(at: port)
    #expect(link.name == "port0")
    #expect(link.address == address)
    #expect(link.master == bridge)
    #expect(link.mtu == 1400)
    #expect(link.kind?.name == "veth")
    #expect(link.flags.contains(.up))
    #expect(link.bridgePort?.learning == true)
    #expect(try connection.link(named: "br0").index == bridge)
    #expect(Set(try connection.links().compactMap(\.name)) == ["lo", "br0", "port0", "end0"])
    try connection.changeLink(port, LinkChange(master: .leave))
    #expect(try connection.link(at: port).master == nil)
    try connection.deleteLink(port)
    #expect(Set(try connection.links().compactMap(\.name)) == ["lo", "br0"])
  }

  @Test func `a veth's other end is made in another namespace at once`() throws {
    let here = try NetlinkConnection(in: NetworkNamespace.make())
    let other = try NetworkNamespace.make()
    let there = try NetlinkConnection(in: other)
    let address = try #require(MACAddress("02:00:00:00:00:09"))
    let peer = NewPeer(name: "eth0", address: address, namespace: other, isUp: true)
    let index = try here.createLink(NewLink(name: "veth0", kind: .veth(peer: peer), isUp: true))
    let end = try there.link(named: "eth0")
    #expect(end.address == address)
    #expect(end.flags.contains(.up))
    #expect(end.linkNamespace != nil)
    #expect(end.linkedTo == index)
  }
}
