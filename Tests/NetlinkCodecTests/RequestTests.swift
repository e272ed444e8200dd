import NetlinkCodec
import NetworkTypes
import Testing

@testable import Netlink

/// What this library sends, compared with what ip and bridge send for the same purpose.
@Suite struct RequestTests {
  private let address = MACAddress("02:00:00:00:00:07")

  private func link(_ name: String) throws -> Link {
    guard case .link(let link) = try GoldenFile(name).order.body else { throw UnexpectedMessage() }
    return link
  }

  private struct UnexpectedMessage: Error {}

  @Test func `links are made as ip makes them`() throws {
    #expect(try NewLink(name: "br0", kind: .bridge()).request == link("link-add-bridge"))
    #expect(
      try NewLink(name: "veth0", kind: .veth(peer: NewPeer(name: "veth1"))).request == link("link-add-veth")
    )
    let peer = NewPeer(name: "end0", address: MACAddress("02:00:00:00:00:08"))
    #expect(
      try NewLink(name: "port0", kind: .veth(peer: peer), address: address, mtu: 1_400).request
        == link("link-add-veth-addresses")
    )
    var attributes = BridgeAttributes()
    attributes.forwardDelay = .seconds(2)
    attributes.ageingTime = .seconds(10)
    attributes.stpState = .kernel
    attributes.priority = 4096
    attributes.multicastSnooping = false
    attributes.nfCallIptables = false
    attributes.groupForwardMask = 8
    attributes.multicastQueryInterval = .milliseconds(7_500)
    #expect(
      try NewLink(name: "br1", kind: .bridge(attributes), address: MACAddress("02:00:00:00:00:51")).request
        == link("link-add-bridge-options")
    )
    #expect(
      try GoldenFile("link-add-veth").order.header.flags == [.request, .acknowledge, .create, .exclusive]
    )
  }

  @Test func `links are changed as ip changes them`() throws {
    func expectSame(_ change: LinkChange, _ name: String) throws {
      let golden = try link(name)
      #expect(change.request(golden.index) == golden)
    }
    try expectSame(LinkChange(isUp: true), "link-set-up")
    try expectSame(LinkChange(isPromiscuous: true), "link-set-promisc")
    try expectSame(LinkChange(mtu: 10), "link-set-mtu-bad")
    try expectSame(LinkChange(address: MACAddress("02:00:00:00:00:50")), "link-set-address")
    try expectSame(
      LinkChange(master: .join(try #require(try link("link-set-master").master))),
      "link-set-master"
    )
    var change = LinkChange()
    change.group = 42
    try expectSame(change, "link-set-group")
  }

  @Test func `addresses are sent byte for byte as ip sends them`() throws {
    func expectSame(
      _ name: String,
      _ prefix: String,
      peer: String? = nil,
      _ change: (inout InterfaceAddress) -> Void
    )
      throws
    {
      let golden = try GoldenFile(name).order
      guard case .address(let theirs) = golden.body else { throw UnexpectedMessage() }
      let prefix = try #require(IPPrefix(prefix))
      var ours = InterfaceAddress(prefix, of: theirs.index, peer: peer.flatMap { IPAddress($0) })
      change(&ours)
      #expect(ours == theirs)
    }
    try expectSame("addr-add", "192.0.2.1/24") { $0.broadcast = IPAddress("192.0.2.255") }
    try expectSame("addr-add-peer", "192.0.2.9/32", peer: "198.51.100.1") { _ in }
    try expectSame("addr-del", "192.0.2.9/32", peer: "198.51.100.1") { _ in }
    try expectSame("addr-add-6", "2001:db8::1/64") { $0.headerFlags = 2 }
  }

  @Test func `routes are sent as ip sends them`() throws {
    func expectSame(_ name: String, _ route: (Route) throws -> NewRoute) throws {
      guard case .route(let theirs) = try GoldenFile(name).order.body else { throw UnexpectedMessage() }
      #expect(try route(theirs).request == theirs)
    }
    let gateway = try #require(IPAddress("192.0.2.254"))
    try expectSame("route-add-default") { _ in NewRoute(defaultVia: gateway) }
    let destination = try #require(IPPrefix("198.51.100.0/24"))
    try expectSame("route-add-multipath") { theirs in
      var route = NewRoute(to: destination)
      route.nextHops = [
        NextHop(gateway: IPAddress("192.0.2.2")),
        NextHop(by: theirs.nextHops[1].index, gateway: IPAddress("192.0.2.3"), weight: 5),
      ]
      return route
    }
    let blackhole = try #require(IPPrefix("203.0.113.128/25"))
    try expectSame("route-add-blackhole") { _ in
      var route = NewRoute(to: blackhole)
      route.type = .blackhole
      return route
    }
  }

  @Test func `neighbours and forwarding entries are sent as ip and bridge send them`() throws {
    func golden(_ name: String) throws -> Neighbour {
      guard case .neighbour(let neighbour) = try GoldenFile(name).order.body else {
        throw UnexpectedMessage()
      }
      return neighbour
    }
    var theirs = try golden("neigh-replace")
    var ours = Neighbour(try #require(IPAddress("192.0.2.99")), on: theirs.index)
    ours.linkLayerAddress = MACAddress("02:00:00:00:00:63")
    ours.state = .reachable
    #expect(ours == theirs)
    theirs = try golden("fdb-replace")
    ours = Neighbour(try #require(MACAddress("02:00:00:00:00:77")), on: theirs.index, vlan: nil)
    ours.state = [.reachable, .noARP]
    #expect(ours == theirs)
  }

  @Test(arguments: [
    "addr-add-6", "route-add-default", "neigh-replace", "link-set-up", "link-set-mtu-bad",
  ])
  func `the same contents make the same bytes`(_ name: String) throws {
    let file = try GoldenFile(name)
    let order = try file.order
    let bytes = try order.encoded()
    #expect(file.sent.contains { rows($0) == rows(bytes) })
  }
}
