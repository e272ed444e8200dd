import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import SystemPackage
import Testing

@Suite struct LinkBatchTests {
  let connection: NetlinkConnection

  init() throws { connection = try NetlinkConnection(in: NetworkNamespace.make()) }

  private func veths(_ count: Int) -> [NewLink] {
    (0..<count).map { NewLink(name: "a\($0)", kind: .veth(peer: NewPeer(name: "b\($0)", isUp: true))) }
  }

  @Test func `many links are made and deleted at once`() throws {
    let indexes = try connection.createLinks(veths(300))
    #expect(Set(indexes).count == 300)
    #expect(try connection.link(named: "a299").index == indexes[299])
    #expect(try connection.link(named: "b299").flags.contains(.up))
    #expect(try connection.links().count == 601)
    try connection.deleteLinks(Array(indexes.dropLast()))
    #expect(try Set(connection.links().compactMap(\.name)) == ["lo", "a299", "b299"])
  }

  @Test func `one link that can't be made doesn't keep the others`() throws {
    var links = veths(4)
    links[1].name = "a0"
    let error = #expect(throws: NetlinkError.self) { try connection.createLinks(links) }
    #expect(error?.subject == "link a0")
    #expect(error?.errno == .fileExists)
    #expect(try connection.links().count == 7)
  }

  @Test func `one link that can't be deleted doesn't keep the others, and its group stays`() throws {
    let indexes = try connection.createLinks(veths(4))
    let loopback = InterfaceIndex(1)
    let error = #expect(throws: NetlinkError.self) {
      try connection.deleteLinks([loopback] + indexes)
    }
    #expect(error?.subject == "link lo (1)")
    let left = try connection.links()
    #expect(left.compactMap(\.name) == ["lo"])
    #expect(left.first?.group == 0)
  }

  @Test func `links that are gone are reported, others deleted`() throws {
    let indexes = try connection.createLinks(veths(4))
    let error = #expect(throws: NetlinkError.self) {
      try connection.deleteLinks(indexes + [InterfaceIndex(9_999)])
    }
    #expect(error?.subject == "link 9999")
    #expect(try connection.links().count == 1)
  }

  @Test func `both ends of a veth can be named for deletion`() throws {
    let indexes = try connection.createLinks(veths(4))
    let ends = try connection.links().filter { $0.name?.hasPrefix("b") == true }.map(\.index)
    try connection.deleteLinks(indexes + ends)
    #expect(try connection.links().count == 1)
  }
}
