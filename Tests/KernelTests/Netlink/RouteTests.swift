import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Testing

@Suite struct RouteTests {
  let connection: NetlinkConnection
  let index: InterfaceIndex

  init() throws {
    connection = try NetlinkConnection(in: NetworkNamespace.make())
    index = try connection.createLink(
      NewLink(name: "veth0", kind: .veth(peer: NewPeer(name: "veth1", isUp: true)), isUp: true)
    )
    for text in ["192.0.2.1/24", "2001:db8::1/64"] {
      try connection.addAddress(try #require(IPPrefix(text)), to: index)
    }
  }

  private func route(to text: String, table: UInt32 = 254) throws -> Route? {
    let destination = try #require(IPPrefix(text))
    return try connection.routes().first { $0.destination == destination && $0.table == table }
  }

  @Test(arguments: [("192.0.2.254", "0.0.0.0/0"), ("2001:db8::fe", "::/0")])
  func `a default route is added and deleted`(_ gateway: String, _ everything: String) throws {
    let gateway = try #require(IPAddress(gateway))
    try connection.addRoute(NewRoute(defaultVia: gateway))
    let made = try #require(try route(to: everything))
    #expect(made.gateway == gateway)
    #expect(made.outputInterface == index)
    #expect(made.type == .unicast)
    #expect(made.routeProtocol == .boot)
    try connection.deleteRoute(NewRoute(defaultVia: gateway))
    #expect(try route(to: everything) == nil)
  }

  @Test func `a route has a link, a metric, a source and a table`() throws {
    var new = NewRoute(to: try #require(IPPrefix("203.0.113.0/24")), by: index)
    new.priority = 77
    new.preferredSource = IPAddress("192.0.2.1")
    new.table = 1_000
    new.routeProtocol = .administrator
    try connection.addRoute(new)
    let made = try #require(try route(to: "203.0.113.0/24", table: 1_000))
    #expect(made.priority == 77)
    #expect(made.preferredSource == new.preferredSource)
    #expect(made.scope == .link)
    #expect(made.routeProtocol == .administrator)
    try connection.deleteRoute(new)
    #expect(try route(to: "203.0.113.0/24", table: 1_000) == nil)
  }

  @Test func `a route is replaced`() throws {
    var new = NewRoute(
      to: try #require(IPPrefix("203.0.113.0/24")),
      via: IPAddress("192.0.2.2")
    )
    try connection.addRoute(new)
    #expect(throws: NetlinkError.self) { try connection.addRoute(new) }
    new.gateway = IPAddress("192.0.2.3")
    try connection.replaceRoute(new)
    #expect(try route(to: "203.0.113.0/24")?.gateway == new.gateway)
  }

  @Test func `a route has several ways with weights`() throws {
    var new = NewRoute(to: try #require(IPPrefix("203.0.113.0/24")))
    new.nextHops = [
      NextHop(by: index, gateway: IPAddress("192.0.2.2"), weight: 1),
      NextHop(by: index, gateway: IPAddress("192.0.2.3"), weight: 5),
    ]
    try connection.addRoute(new)
    let made = try #require(try route(to: "203.0.113.0/24"))
    #expect(made.nextHops.map(\.gateway) == new.nextHops.map(\.gateway))
    #expect(made.nextHops.map(\.weight) == [1, 5])
  }

  @Test func `a blackhole has no way`() throws {
    var new = NewRoute(to: try #require(IPPrefix("203.0.113.0/24")))
    new.type = .blackhole
    try connection.addRoute(new)
    #expect(try route(to: "203.0.113.0/24")?.type == .blackhole)
  }

  @Test func `an unreachable gateway is refused with the kernel's words`() throws {
    let gateway = try #require(IPAddress("198.51.100.1"))
    let error = #expect(throws: NetlinkError.self) {
      try connection.addRoute(NewRoute(defaultVia: gateway))
    }
    #expect(error?.message == "Nexthop has invalid gateway")
    #expect(error?.subject == "route to 0.0.0.0/0")
  }

  @Test func `rules are listed, added and deleted`() throws {
    #expect(try connection.rules(.v4).map(\.table) == [255, 254, 253])
    var rule = Rule()
    rule.family = .v4
    rule.action = .table
    rule.extendedTable = 1_000
    rule.priority = 100
    rule.sourceAddress = IPAddress("192.0.2.0")
    rule.sourceLength = 24
    try connection.addRule(rule)
    let made = try #require(try connection.rules(.v4).first { $0.priority == 100 })
    #expect(made.table == 1_000)
    #expect(made.source == IPPrefix("192.0.2.0/24"))
    #expect(made.action == .table)
    try connection.deleteRule(rule)
    #expect(try connection.rules(.v4).count == 3)
    #expect(try connection.rules().count > 3)
  }
}
