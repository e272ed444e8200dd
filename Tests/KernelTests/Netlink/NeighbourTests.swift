import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Testing

@Suite struct NeighbourTests {
  let connection: NetlinkConnection
  let bridge: InterfaceIndex
  let port: InterfaceIndex
  let other: MACAddress

  init() throws {
    other = try #require(MACAddress("02:00:00:00:00:63"))
    connection = try NetlinkConnection(in: NetworkNamespace.make())
    bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    port = try connection.createLink(
      NewLink(name: "port0", kind: .veth(peer: NewPeer(name: "end0", isUp: true)), isUp: true, master: bridge)
    )
  }

  @Test(arguments: ["192.0.2.99", "2001:db8::99"])
  func `entries are set, read, listed and deleted`(_ text: String) throws {
    let address = try #require(IPAddress(text))
    #expect(try connection.neighbour(address, on: bridge) == nil)
    try connection.setNeighbour(address, on: bridge, linkLayerAddress: other, state: .reachable)
    let entry = try #require(try connection.neighbour(address, on: bridge))
    #expect(entry.address == address)
    #expect(entry.linkLayerAddress == other)
    #expect(entry.state == .reachable)
    #expect(entry.index == bridge)
    #expect(entry.ages != nil)
    #expect(try connection.neighbours(on: bridge).contains { $0.address == address })
    #expect(try !connection.neighbours(on: port).contains { $0.address == address })
    try connection.setNeighbour(address, on: bridge, linkLayerAddress: other, state: .permanent)
    #expect(try connection.neighbour(address, on: bridge)?.state == .permanent)
    try connection.deleteNeighbour(address, on: bridge)
    #expect(try connection.neighbours().allSatisfy { $0.address != address || $0.state == .failed })
  }

  @Test func `a bridge's forwarding entries are listed, set and deleted`() throws {
    let own = try #require(try connection.link(at: port).address)
    let entries = try connection.forwardingDatabase(of: bridge)
    let local = try #require(entries.first { $0.linkLayerAddress == own && $0.index == port })
    #expect(local.state == .permanent)
    #expect(local.master == bridge)
    try connection.setForwardingEntry(other, on: port)
    let made = try #require(try connection.forwardingDatabase().first { $0.linkLayerAddress == other })
    #expect(made.index == port)
    #expect(made.state == .noARP)
    #expect(made.family == .bridge)
    try connection.deleteForwardingEntry(other, on: port)
    #expect(try !connection.forwardingDatabase().contains { $0.linkLayerAddress == other })
  }
}
