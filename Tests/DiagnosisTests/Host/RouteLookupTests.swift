import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct RouteLookupTests {
  private static let bridge = InterfaceIndex(2)
  private static let uplink = InterfaceIndex(3)
  private static let tunnel = InterfaceIndex(4)

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }
  private func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }

  private func route(
    _ destination: String,
    _ interface: InterfaceIndex?,
    via gateway: String? = nil,
    table: UInt32 = 254,
    type: String = "unicast",
    metric: UInt32? = nil
  ) throws -> RouteSnapshot {
    RouteSnapshot(
      destination: try prefix(destination),
      table: table,
      type: type,
      gateway: try gateway.map { try address($0) },
      interface: interface,
      metric: metric
    )
  }

  private func lookup(
    _ rules: [RuleSnapshot] = [],
    _ more: [RouteSnapshot] = [],
    links: [LinkSnapshot] = []
  ) throws -> RouteLookup {
    let routes = [
      try route("0.0.0.0/0", Self.uplink, via: "198.18.0.1"), try route("172.18.0.0/16", Self.bridge),
      try route("198.18.0.0/31", Self.uplink), try route("::/0", Self.uplink, via: "2001:db8::1"),
    ]
    let addresses = [
      AddressSnapshot(interface: Self.bridge, prefix: try prefix("172.18.0.1/16")),
      AddressSnapshot(interface: Self.uplink, prefix: try prefix("198.18.0.0/31")),
    ]
    return RouteLookup(rules: rules, routes: routes + more, addresses: addresses, links: links)
  }

  private func standard(_ more: RuleSnapshot...) -> [RuleSnapshot] {
    [
      RuleSnapshot(family: 4, priority: 0, table: 255), RuleSnapshot(family: 4, priority: 32766, table: 254),
      RuleSnapshot(family: 4, priority: 32767, table: 253),
    ] + more
  }

  private func interface(_ outcome: RouteLookup.Outcome) -> InterfaceIndex? {
    guard case .sent(let way) = outcome else { return nil }
    return way.hops.first?.interface
  }

  @Test func `without rules of its own a namespace uses local and main`() throws {
    let lookup = try lookup()
    #expect(interface(lookup.way(.init(to: try address("192.0.2.53")))) == Self.uplink)
    #expect(interface(lookup.way(.init(to: try address("172.18.0.9")))) == Self.bridge)
    #expect(interface(lookup.way(.init(to: try address("2001:db8:1::53")))) == Self.uplink)
    #expect(lookup.way(.init(to: try address("172.18.0.1"))) == .local)
    #expect(lookup.way(.init(to: try address("127.0.0.53"))) == .local)
  }

  @Test func `the longest prefix wins, then the smallest metric`() throws {
    let lookup = try lookup(
      [],
      [
        try route("192.0.2.0/24", Self.tunnel, metric: 50),
        try route("192.0.2.0/24", Self.bridge, metric: 20),
        try route("192.0.2.128/25", Self.uplink, metric: 900),
      ]
    )
    #expect(interface(lookup.way(.init(to: try address("192.0.2.53")))) == Self.bridge)
    #expect(interface(lookup.way(.init(to: try address("192.0.2.153")))) == Self.uplink)
  }

  @Test func `a rule for an input interface doesn't catch what the host sends`() throws {
    let rules = standard(RuleSnapshot(family: 4, priority: 100, table: 7, inputInterface: "br0"))
    let lookup = try lookup(rules, [try route("0.0.0.0/0", Self.tunnel, table: 7)])
    let resolver = try address("192.0.2.53")
    let container = try address("172.18.0.2")
    #expect(
      interface(lookup.way(.init(to: resolver, from: container, arrivingAt: "br0"))) == Self.tunnel
    )
    #expect(interface(lookup.way(.init(to: resolver))) == Self.uplink)
    guard case .sent(let way) = lookup.way(.init(to: resolver, from: container, arrivingAt: "br0")) else {
      Issue.record("there is a way")
      return
    }
    #expect(way.isSelective && way.rule.priority == 100)
  }

  @Test func `a rule for a source needs the source`() throws {
    let rules = standard(
      RuleSnapshot(family: 4, priority: 100, table: 7, source: try prefix("172.18.0.0/16"))
    )
    let lookup = try lookup(rules, [try route("0.0.0.0/0", Self.tunnel, table: 7)])
    let resolver = try address("192.0.2.53")
    #expect(interface(lookup.way(.init(to: resolver, from: try address("172.18.0.2")))) == Self.tunnel)
    #expect(interface(lookup.way(.init(to: resolver, from: try address("172.19.0.2")))) == Self.uplink)
    #expect(interface(lookup.way(.init(to: resolver))) == Self.uplink)
  }

  @Test func `wg-quick's rules: all without its mark goes into the tunnel, but not what main knows better`()
    throws
  {
    let rules = standard(
      RuleSnapshot(family: 4, priority: 32764, table: 254, suppressedPrefixLength: 0),
      RuleSnapshot(
        family: 4,
        priority: 32765,
        table: 51820,
        mark: 0xca6c,
        markMask: .max,
        isInverted: true
      )
    )
    let lookup = try lookup(rules, [try route("0.0.0.0/0", Self.tunnel, table: 51820)])
    let resolver = try address("192.0.2.53")
    #expect(interface(lookup.way(.init(to: resolver))) == Self.tunnel)
    #expect(interface(lookup.way(.init(to: resolver, mark: 0xca6c))) == Self.uplink)
    #expect(interface(lookup.way(.init(to: try address("172.18.0.5")))) == Self.bridge)
  }

  @Test func `a mark is compared under its mask`() throws {
    let rules = standard(
      RuleSnapshot(family: 4, priority: 100, table: 7, mark: 0x80000, markMask: 0xff0000)
    )
    let lookup = try lookup(rules, [try route("0.0.0.0/0", Self.tunnel, table: 7)])
    let resolver = try address("192.0.2.53")
    #expect(interface(lookup.way(.init(to: resolver, mark: 0x80042))) == Self.tunnel)
    #expect(interface(lookup.way(.init(to: resolver, mark: 0x90000))) == Self.uplink)
  }

  @Test func `throw goes on with the next rule, blackhole and a refusing rule end it`() throws {
    let resolver = try address("192.0.2.53")
    let thrown = try lookup(
      standard(RuleSnapshot(family: 4, priority: 100, table: 7)),
      [try route("192.0.2.0/24", nil, table: 7, type: "throw")]
    )
    #expect(interface(thrown.way(.init(to: resolver))) == Self.uplink)
    let hole = try lookup([], [try route("192.0.2.53/32", nil, type: "blackhole")])
    guard case .refused("blackhole", _) = hole.way(.init(to: resolver)) else {
      Issue.record("the blackhole is more specific")
      return
    }
    let rule = try lookup(standard(RuleSnapshot(family: 4, priority: 100, action: "unreachable")))
    guard case .refused("unreachable", let way) = rule.way(.init(to: resolver)) else {
      Issue.record("the rule refuses")
      return
    }
    #expect(way.route == nil)
  }

  @Test func `routes of an interface that is down don't count`() throws {
    let links = [LinkSnapshot(index: Self.tunnel, name: "wg0", flags: [])]
    let lookup = try lookup([], [try route("192.0.2.0/24", Self.tunnel)], links: links)
    #expect(interface(lookup.way(.init(to: try address("192.0.2.53")))) == Self.uplink)
  }

  @Test func `several ways are all told, and an unknown action leaves it open`() throws {
    var multipath = try route("192.0.2.0/24", nil)
    multipath.hops = [
      .init(gateway: nil, interface: Self.uplink), .init(gateway: nil, interface: Self.tunnel),
    ]
    guard case .sent(let way) = try lookup([], [multipath]).way(.init(to: try address("192.0.2.53"))) else {
      Issue.record("there is a way")
      return
    }
    #expect(way.hops.map(\.interface) == [Self.uplink, Self.tunnel])
    let open = try lookup(standard(RuleSnapshot(family: 4, priority: 100, action: "goto")))
    guard case .undecided = open.way(.init(to: try address("192.0.2.53"))) else {
      Issue.record("where goto leads isn't in a snapshot")
      return
    }
  }

  @Test func `a mark that isn't known leaves open what a rule's table would say, and only that`() throws {
    let marked = RuleSnapshot(family: 4, priority: 100, table: 77, mark: 1, markMask: .max)
    let query = RouteLookup.Query(to: try address("192.0.2.53"), mark: nil)
    #expect(interface(try lookup(standard(marked)).way(query)) == Self.uplink)
    let tunnel = try route("0.0.0.0/0", Self.tunnel, table: 77)
    guard case .undecided = try lookup(standard(marked), [tunnel]).way(query) else {
      Issue.record("the packet may have the mark")
      return
    }
    var elsewhere = marked
    elsewhere.source = try prefix("10.0.0.0/8")
    #expect(interface(try lookup(standard(elsewhere), [tunnel]).way(query)) == Self.uplink)
  }

  @Test func `a rule that does nothing leaves nothing open, and a refusal isn't passed over for its length`()
    throws
  {
    let nop = RuleSnapshot(family: 4, priority: 50, action: "nop", mark: 1, markMask: .max)
    let query = RouteLookup.Query(to: try address("192.0.2.53"), mark: nil)
    #expect(interface(try lookup(standard(nop)).way(query)) == Self.uplink)
    var quick = RuleSnapshot(family: 4, priority: 60, table: 77)
    quick.suppressedPrefixLength = 0
    let refusing = try route("0.0.0.0/0", nil, table: 77, type: "unreachable")
    guard case .refused = try lookup(standard(quick), [refusing]).way(query) else {
      Issue.record("fib_rules_lookup asks for suppression only where the table had a way")
      return
    }
  }

  @Test func `a namespace without a default route has no way`() throws {
    let lookup = RouteLookup(rules: [], routes: [], addresses: [])
    #expect(lookup.way(.init(to: try address("192.0.2.53"))) == .none)
  }
}
