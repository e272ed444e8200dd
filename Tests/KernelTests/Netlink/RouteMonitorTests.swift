import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Testing

/// The kernel queues notifications before it acknowledges the request that caused them, so there is nothing
/// to wait for.
@Suite struct RouteMonitorTests {
  let namespace: NetworkNamespace
  let connection: NetlinkConnection

  init() throws {
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
  }

  private func port(_ number: Int, of bridge: InterfaceIndex, _ address: String) -> NewLink {
    NewLink(
      name: "port\(number)",
      kind: .veth(peer: NewPeer(name: "end\(number)")),
      address: MACAddress(address),
      master: bridge
    )
  }

  @Test func `a bridge's change of address is noticed when a lower port joins`() throws {
    let monitor = try RouteMonitor(.links, in: namespace)
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    _ = try connection.createLink(port(0, of: bridge, "02:00:00:00:00:50"))
    #expect(!(try monitor.receive()).isEmpty)
    let before = Timestamp.now()
    _ = try connection.createLink(port(1, of: bridge, "02:00:00:00:00:10"))
    let addresses = try monitor.receive().compactMap { event -> MACAddress? in
      #expect(event.time >= before)
      guard case .link(let link) = event.change, link.index == bridge else { return nil }
      return link.address
    }
    #expect(addresses.last == MACAddress("02:00:00:00:00:10"))
    #expect(try monitor.receive().isEmpty)
  }

  @Test func `a port that leaves is no link that is gone`() throws {
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    let index = try connection.createLink(port(0, of: bridge, "02:00:00:00:00:50"))
    let monitor = try RouteMonitor(.links, in: namespace)
    try connection.changeLink(index, LinkChange(master: .leave))
    let changes = try monitor.receive().map(\.change)
    #expect(
      changes.contains {
        if case .bridgePortRemoved(let link) = $0 { link.index == index } else { false }
      }
    )
    #expect(!changes.contains { if case .linkRemoved = $0 { true } else { false } })
    try connection.deleteLink(index)
    let later = try monitor.receive().map(\.change)
    #expect(
      later.contains { if case .linkRemoved(let link) = $0 { link.index == index } else { false } }
    )
  }

  @Test func `addresses, routes, rules, neighbours and forwarding entries are noticed`() throws {
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    let index = try connection.createLink(port(0, of: bridge, "02:00:00:00:00:50"))
    let monitor = try RouteMonitor([.addresses, .routes, .rules, .neighbours], in: namespace)
    let prefix = try #require(IPPrefix("192.0.2.1/24"))
    let other = try #require(MACAddress("02:00:00:00:00:63"))
    let neighbour = try #require(IPAddress("192.0.2.99"))
    var rule = Rule()
    rule.family = .v4
    rule.action = .table
    rule.headerTable = 254
    rule.priority = 100
    try connection.addAddress(prefix, to: bridge)
    try connection.addRule(rule)
    try connection.setNeighbour(neighbour, on: bridge, linkLayerAddress: other)
    try connection.setForwardingEntry(other, on: index)
    var changes = try monitor.receive().map(\.change)
    #expect(
      changes.contains { if case .address(let address) = $0 { address.prefix == prefix } else { false } }
    )
    #expect(changes.contains { if case .route = $0 { true } else { false } })
    #expect(changes.contains { if case .rule(let rule) = $0 { rule.priority == 100 } else { false } })
    #expect(
      changes.contains { if case .neighbour(let entry) = $0 { entry.address == neighbour } else { false } }
    )
    #expect(
      changes.contains {
        if case .forwardingEntry(let entry) = $0 { entry.linkLayerAddress == other } else { false }
      }
    )
    try connection.deleteForwardingEntry(other, on: index)
    try connection.deleteNeighbour(neighbour, on: bridge)
    try connection.deleteRule(rule)
    try connection.deleteAddress(prefix, from: bridge)
    changes = try monitor.receive().map(\.change)
    #expect(
      changes.contains {
        if case .addressRemoved(let address) = $0 { address.prefix == prefix } else { false }
      }
    )
    #expect(changes.contains { if case .routeRemoved = $0 { true } else { false } })
    #expect(changes.contains { if case .ruleRemoved(let rule) = $0 { rule.priority == 100 } else { false } })
    #expect(
      changes.contains {
        if case .neighbourRemoved(let entry) = $0 { entry.address == neighbour } else { false }
      }
    )
    #expect(
      changes.contains {
        if case .forwardingEntryRemoved(let entry) = $0 { entry.linkLayerAddress == other } else { false }
      }
    )
  }

  @Test func `lost notifications are counted and the state is read anew`() throws {
    let monitor = try RouteMonitor(
      [.links, .addresses, .routes, .rules],
      in: namespace,
      receiveBuffer: 4_096
    )
    let links = (0..<50).map { NewLink(name: "a\($0)", kind: .veth(peer: NewPeer(name: "b\($0)"))) }
    _ = try connection.createLinks(links)
    let events = try monitor.receive()
    #expect(monitor.overruns >= 1)
    #expect(
      events.contains { if case .overrun(let total) = $0.change { total == monitor.overruns } else { false } }
    )
    guard case .resynchronised(let snapshot)? = events.last?.change else {
      Issue.record("no new state after lost notifications")
      return
    }
    #expect(snapshot.links.count == 101)
    #expect(snapshot == (try monitor.snapshot()))
    #expect(snapshot.addresses == (try connection.addresses()))
    // From here on nothing is missed again.
    try connection.changeLink(snapshot.links[1].index, LinkChange(mtu: 1_234))
    let later = try monitor.receive().map(\.change)
    #expect(later.contains { if case .link(let link) = $0 { link.mtu == 1_234 } else { false } })
    #expect(!later.contains { if case .overrun = $0 { true } else { false } })
  }
}
