import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Testing

@Suite struct NamespaceIdentifierTests {
  @Test func `a namespace gets a number, which a link's other end shows`() throws {
    let connection = try NetlinkConnection(in: NetworkNamespace.make())
    let other = try NetworkNamespace.make()
    #expect(try connection.namespaceIdentifier(of: other) == nil)
    try connection.setNamespaceIdentifier(7, of: other)
    #expect(try connection.namespaceIdentifier(of: other) == 7)
    let index = try connection.createLink(
      NewLink(name: "veth0", kind: .veth(peer: NewPeer(name: "eth0", namespace: other)))
    )
    #expect(try connection.link(at: index).linkNamespace == 7)
  }
}
