import Frames
import LinuxSystem
import NetworkTypes
import Nftables
import Observation
import Sensing
import Testing
import WireFormat

@Suite struct SensingTests {
  /// A namespace with the bridge br0, and left, whose peer right is up and no port.
  static func host() throws -> NetworkNamespace {
    let namespace = try NetworkNamespace.make()
    try namespace.perform { try Sysctl.write("1", to: "net.ipv6.conf.default.disable_ipv6") }
    try Fixture.ip("link add name br0 type bridge", in: namespace)
    try Fixture.ip("link add name left address 02:00:00:00:00:01 type veth peer name right", in: namespace)
    for name in ["br0", "left", "right"] { try Fixture.ip("link set dev \(name) up", in: namespace) }
    try Fixture.untilUp(["left", "right"], in: namespace)
    return namespace
  }

  @Test func `a namespace's state has links, settings, rules and counters`() throws {
    let namespace = try Self.host()
    try Fixture.ip("link set dev left master br0", in: namespace)
    try Fixture.ip("neigh add 10.1.2.3 lladdr 02:00:00:00:00:99 dev right nud stale", in: namespace)
    try Nftables.run("add table ip k; add chain ip k c", in: namespace)
    let reader = try NamespaceReader(namespace)
    let state = try reader.read(settings: [
      "net.ipv4.ip_forward", "net/ipv4/conf/right/rp_filter", "net.no.such",
    ])
    let links = Dictionary(uniqueKeysWithValues: state.links.map { ($0.name, $0) })
    #expect(links.keys.sorted() == ["br0", "left", "lo", "right"])
    #expect(links["br0"]?.kind == "bridge")
    #expect(links["br0"]?.addressAssignment == .value(.random))
    #expect(links["br0"]?.address == MACAddress(0x0200_0000_0001))
    #expect(links["br0"]?.spanningTree == false)
    #expect(links["br0"]?.forwardDelay == .seconds(15))
    #expect(links["left"]?.addressAssignment == .value(.set))
    #expect(links["left"]?.master == links["br0"]?.index)
    #expect(links["left"]?.portState == .forwarding)
    #expect(links["right"]?.portState == nil)
    #expect(links["right"]?.otherHostDropped == 0)
    let entry = state.neighbours.first { $0.address == .v4(IPv4Address(10, 1, 2, 3)) }
    #expect(entry?.reachability == "STALE")
    #expect(entry?.linkAddress == MACAddress(0x0200_0000_0099))
    #expect(state.settings["net.ipv4.ip_forward"] == .value("0"))
    #expect(state.settings["net/ipv4/conf/right/rp_filter"]?.value != nil)
    #expect(state.settings["net.no.such"] == .absent)
    #expect(state.ruleset.value?.contains("table ip k") == true)
    #expect(state.counters["Ip.InAddrErrors"] == 0)
    #expect(state.counters["IpExt.InNoRoutes"] == 0)
    #expect(state.counters["Ip6.InReceives"] != nil)
  }

  @Test func `what happens to a bridge is told in order`() throws {
    let namespace = try Self.host()
    let loop = try EventLoop()
    let observer = try NamespaceObserver(namespace, on: loop)
    try Fixture.ip("link set dev left master br0", in: namespace)
    try Fixture.ip("link set dev left nomaster", in: namespace)
    try Fixture.ip("link del dev left", in: namespace)
    let record = try observer.record()
    let addresses = record.events.compactMap { event -> MACAddress? in
      if case .link(let link) = event.kind, link.name == "br0" { link.address } else { nil }
    }
    #expect(addresses.first { $0 == MACAddress(0x0200_0000_0001) } != nil)
    #expect(addresses.last == .zero)
    let removed = record.events.compactMap { event -> String? in
      if case .linkRemoved(let link) = event.kind { link.name } else { nil }
    }
    #expect(Set(removed) == ["left", "right"])
    #expect(record.sightingsLost == 0)
  }

  @Test func `limits hold, and what they cost is counted`() throws {
    let namespace = try Self.host()
    let loop = try EventLoop()
    var options = NamespaceObserver.Options()
    options.maximumSightings = 2
    options.maximumEvents = 1
    let observer = try NamespaceObserver(namespace, on: loop, options)
    let left = try Fixture.index(of: "left", in: namespace)
    let sender = try FrameSender(namespace)
    for _ in 0..<5 { try sender.send(FrameSender.misaddressedQuery, by: left) }
    try Fixture.ip("link set dev left alias one", in: namespace)
    try Fixture.ip("link set dev left alias two", in: namespace)
    let record = try observer.record()
    #expect(record.sightings.count == 2)
    // Each frame is seen where it leaves and where it arrives.
    #expect(record.sightingsLost == 8)
    #expect(record.events.count == 2)
    guard case .overrun("memory for events", let total) = record.events.last?.kind else {
      Issue.record("the loss is not told")
      return
    }
    #expect(total >= 1)
  }
}
