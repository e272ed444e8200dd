import NetlinkCodec
import NetworkTypes
import Testing
import WireFormat

@Suite struct GoldenMessageTests {
  @Test(arguments: GoldenFile.names)
  func `nothing that the kernel says is lost`(_ name: String) throws {
    let file = try GoldenFile(name)
    #expect(!file.all.isEmpty)
    for bytes in file.received {
      for message in try NetlinkMessage.decodeAll(bytes) {
        let encoded = try message.encoded()
        if let expected = AttributeTree(message: bytes) {
          #expect(AttributeTree(message: encoded) == expected)
        } else {
          #expect(rows(encoded) == rows(bytes))
        }
      }
    }
  }

  @Test(arguments: GoldenFile.names)
  func `what is decoded, encoded and decoded again is the same`(_ name: String) throws {
    for bytes in try GoldenFile(name).all {
      let messages = try NetlinkMessage.decodeAll(bytes)
      #expect(messages.count == 1)
      var again = try NetlinkMessage.decodeAll(messages[0].encoded())
      again[0].header.length = messages[0].header.length
      #expect(again == messages)
    }
  }

  @Test(arguments: GoldenFile.names)
  func `bytes that end early are an error or a shorter message, never a crash`(_ name: String) throws {
    for bytes in try GoldenFile(name).all where bytes.count < 4_000 {
      for count in 16..<bytes.count {
        var cut = ByteWriter()
        cut.write(bytes[..<count])
        cut.patchNative(UInt32(count), at: 0)
        do {
          _ = try NetlinkMessage.decodeAll(cut.bytes)
        } catch {
          #expect(error.offset <= count)
        }
      }
    }
  }

  @Test func `links are listed with all that ip shows`() throws {
    let links = try GoldenFile("link-show").answers(.newLink).compactMap { body -> Link? in
      if case .link(let link) = body { link } else { nil }
    }
    #expect(links.map(\.name) == ["lo", "br0", "br1", "veth1", "veth0", "end0", "port0"])
    let bridge = try #require(links.first { $0.name == "br1" })
    guard case .bridge(let attributes) = bridge.kind else {
      Issue.record("br1 is no bridge")
      return
    }
    #expect(bridge.address == MACAddress("02:00:00:00:00:51"))
    #expect(attributes.forwardDelay == .seconds(2))
    #expect(attributes.ageingTime == .seconds(10))
    #expect(attributes.stpState == .kernel)
    #expect(attributes.priority == 4096)
    #expect(attributes.multicastSnooping == false)
    #expect(attributes.nfCallIptables == false)
    #expect(attributes.groupForwardMask == 8)
    #expect(attributes.multicastQueryInterval == .milliseconds(7_500))
    #expect(attributes.multicastIGMPVersion == 2)
    #expect(
      attributes.bridgeIdentifier
        == BridgeIdentifier(priority: 4096, address: try #require(MACAddress("02:00:00:00:00:51")))
    )
    let port = try #require(links.first { $0.name == "veth0" })
    #expect(port.flags.isSuperset(of: [.up, .promiscuous]))
    #expect(port.promiscuity == 2)
    #expect(port.portKind == "bridge")
    #expect(port.bridgePort?.hairpin == true)
    #expect(port.bridgePort?.isolated == true)
    #expect(port.bridgePort?.learning == false)
    #expect(port.bridgePort?.cost == 42)
    #expect(port.kind == .veth(VethAttributes()))
    #expect(
      port.alternativeNames
        == ["another", "a-very-long-alternative-name-that-does-not-fit-into-fifteen-bytes"]
    )
    #expect(port.statistics != nil)
    #expect(links.first { $0.name == "port0" }?.group == 42)
  }

  @Test func `addresses are listed`() throws {
    let addresses = try GoldenFile("addr-show").answers(.newAddress).compactMap { body in
      if case .address(let address) = body { address } else { nil }
    }
    let address = try #require(addresses.first { $0.prefix == IPPrefix("192.0.2.1/24") })
    #expect(address.broadcast == IPAddress("192.0.2.255"))
    #expect(address.label == "br0")
    #expect(address.lifetime?.valid == .max)
    #expect(addresses.contains { $0.prefix == IPPrefix("2001:db8::1/64") })
    #expect(!addresses.contains { $0.peer != nil })
  }

  @Test func `routes are listed`() throws {
    let routes = try GoldenFile("route-show").answers(.newRoute).compactMap { body -> Route? in
      if case .route(let route) = body { route } else { nil }
    }
    let route = try #require(routes.first { $0.table == 1_000 })
    #expect(route.destination == IPPrefix("203.0.113.0/24"))
    #expect(route.priority == 77)
    #expect(route.metrics?.mtu == 1_300)
    #expect(route.metrics?.initialCongestionWindow == 20)
    let several = try #require(routes.first { !$0.nextHops.isEmpty })
    #expect(several.nextHops.map(\.weight) == [1, 5])
    #expect(several.nextHops.map(\.gateway) == [IPAddress("192.0.2.2"), IPAddress("192.0.2.3")])
    let preferred = try #require(
      routes.first { $0.family == .v6 && $0.destinationLength == 0 && $0.gateway != nil }
    )
    #expect(preferred.gateway == IPAddress("2001:db8::fe"))
    #expect(preferred.preference == 1)
    #expect(routes.contains { $0.type == .blackhole && $0.destination == IPPrefix("203.0.113.128/25") })
  }

  @Test func `rules are listed`() throws {
    let rules = try GoldenFile("rule-show").answers(.newRule).compactMap { body -> Rule? in
      if case .rule(let rule) = body { rule } else { nil }
    }
    let marked = try #require(rules.first { $0.priority == 100 })
    #expect(marked.source == IPPrefix("192.0.2.0/24"))
    #expect(marked.mark == 1)
    #expect(marked.markMask == 0xff)
    #expect(marked.table == 1_000)
    let ports = try #require(rules.first { $0.priority == 101 })
    #expect(ports.ipProtocol == 17)
    #expect(ports.destinationPorts == PortRange(first: 53, last: 53))
    #expect(ports.sourcePorts == PortRange(first: 1_000, last: 2_000))
    #expect(ports.users == UserRange(first: 0, last: 99))
    #expect(ports.outputInterface == "br0")
  }

  @Test func `neighbours and forwarding entries are listed`() throws {
    func entries(_ name: String) throws -> [Neighbour] {
      try GoldenFile(name).answers(.newNeighbour).compactMap { body in
        if case .neighbour(let neighbour) = body { neighbour } else { nil }
      }
    }
    let other = MACAddress("02:00:00:00:00:63")
    let neighbours = try entries("neigh-show")
    let reachable = try #require(neighbours.first { $0.address == IPAddress("192.0.2.99") })
    #expect(reachable.linkLayerAddress == other)
    #expect(reachable.state == .reachable)
    let router = try #require(neighbours.first { $0.address == IPAddress("2001:db8::99") })
    #expect(router.state == .permanent)
    #expect(router.flags.contains(.router))
    let forwarding = try entries("fdb-show")
    let fixed = try #require(forwarding.first { $0.linkLayerAddress == MACAddress("02:00:00:00:00:77") })
    #expect(fixed.state == .noARP)
    #expect(fixed.family == .bridge)
    #expect(fixed.master != nil)
  }

  @Test func `multicast databases are listed`() throws {
    let databases = try GoldenFile("mdb-show").answers(.getMulticast).compactMap { body in
      if case .multicast(let database) = body { database } else { nil }
    }
    let bridge = try #require(databases.first)
    #expect(bridge.index == InterfaceIndex(2))
    func entry(_ group: MulticastEntry.Group) -> MulticastEntry? {
      bridge.entries.first { $0.group == group && $0.port == InterfaceIndex(5) }
    }
    let fixed = try #require(entry(.internet(.v4(IPv4Address(239, 1, 1, 1)))))
    #expect(fixed.state == 1)
    #expect(fixed.vlan == 0)
    let ageing = try #require(IPAddress("ff0e::7").flatMap { entry(.internet($0)) })
    #expect(ageing.state == 0)
    // MDBA_MDB_EATTR_RTPROT: RTPROT_STATIC
    #expect(ageing.unknown[5] == [4])
    #expect(entry(.link(try #require(MACAddress("01:02:03:04:05:06")))) != nil)
    // The host's own memberships are at the bridge itself.
    #expect(bridge.entries.contains { $0.port == bridge.index })
    // MDBA_ROUTER
    #expect(bridge.unknown[2] != nil)
    #expect(databases[1].groups == [])
  }

  @Test func `the kernel's explanations are read`() throws {
    func refusal(_ name: String) throws -> ExtendedAcknowledgement? {
      let answers = try GoldenFile(name).answers(.error).compactMap { body in
        if case .acknowledgement(let answer) = body { answer } else { nil }
      }
      return answers.last
    }
    let route = try #require(try refusal("route-add-bad"))
    #expect(route.error == -101)
    #expect(route.message == "Nexthop has invalid gateway")
    #expect(route.repeated.count == 20)
    let mtu = try #require(try refusal("link-set-mtu-bad"))
    #expect(mtu.error == -22)
    #expect(mtu.message == "mtu less than device minimum")
  }
}
