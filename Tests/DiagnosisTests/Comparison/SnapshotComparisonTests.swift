import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct SnapshotComparisonTests {
  private func compare(_ change: (inout Snapshot) throws -> Void) throws -> Comparison {
    let before = try ComparedHost.snapshot()
    var after = try ComparedHost.snapshot(time: "2026-11-24T04:05:06Z")
    try change(&after)
    return Comparison(before, with: after)
  }

  private func changeLink(_ snapshot: inout Snapshot, _ name: String, _ change: (inout LinkSnapshot) -> Void)
  {
    guard var links = snapshot.namespaces[0].links.value else { return }
    for index in links.indices where links[index].name == name { change(&links[index]) }
    snapshot.namespaces[0].links = .value(links)
  }

  @Test func `a snapshot is the same as itself later, whatever was counted`() throws {
    let comparison = try compare { snapshot in
      changeLink(&snapshot, "br-ci") {
        $0.statistics["rx_packets"] = 1_000_000
        $0.bridge?["gc_timer"] = "77"
      }
      let rules = ComparedHost.rules.replacing("packets 12 bytes 720", with: "packets 99 bytes 9999")
      snapshot.namespaces[0].nftables = .value(rules)
      snapshot.origin.uptime = 99
    }
    #expect(comparison.differences == [])
  }

  @Test func `what changed since it worked is told, each with its weight`() throws {
    let comparison = try compare { snapshot in
      changeLink(&snapshot, "br-ci") { $0.address = MACAddress(0x0200_0000_0001) }
      snapshot.namespaces[0].settings["net.ipv4.ip_forward"] = .value("0")
      snapshot.namespaces[0].nftables = .value(
        ComparedHost.rules.replacing("priority filter; policy accept", with: "priority filter; policy drop")
      )
      snapshot.namespaces[0].routes = .value([])
      snapshot.namespaces[0].resolver = .value("nameserver 192.0.2.54\n")
      snapshot.origin.kernel = "6.19"
      snapshot.engines.removeLast()
    }
    func weight(_ property: String) -> Difference.Weight? {
      comparison.differences.first { $0.property == property }?.weight
    }
    #expect(weight("MAC") == .decisive)
    #expect(weight("net.ipv4.ip_forward") == .decisive)
    #expect(weight("hook and policy of ip filter FORWARD") == .decisive)
    #expect(weight("default routes") == .decisive)
    #expect(weight("resolver configuration") == .important)
    #expect(weight("kernel") == .important)
    #expect(weight("engines") == .important)
    #expect(comparison.differences.count == 7)
  }

  @Test func `a rule that came is told with its chain`() throws {
    let comparison = try compare { snapshot in
      let rules = ComparedHost.rules.replacing(
        "\t\toifname \"docker0\"",
        with: "\t\tip daddr 192.0.2.53 drop\n\t\toifname \"docker0\""
      )
      snapshot.namespaces[0].nftables = .value(rules)
    }
    let difference = try #require(comparison.differences.first)
    #expect(comparison.differences.count == 1)
    #expect(difference.property == "rules of ip filter FORWARD")
    #expect(difference.left == nil)
    #expect(difference.right == "ip daddr 192.0.2.53 drop")
  }

  @Test func `legacy tables' policies and rules are compared without counters`() throws {
    let text = "*filter\n:FORWARD ACCEPT [1:60]\n[0:0] -A FORWARD -o br-ci -j ACCEPT\nCOMMIT\n"
    var before = try ComparedHost.snapshot()
    var after = before
    before.namespaces[0].legacyTables["iptables"] = .value(text)
    after.namespaces[0].legacyTables["iptables"] = .value(text.replacing("[1:60]", with: "[9:99]"))
    #expect(Comparison(before, with: after).differences == [])
    after.namespaces[0].legacyTables["iptables"] = .value(
      text.replacing("ACCEPT [1:60]", with: "DROP [1:60]")
    )
    let difference = try #require(Comparison(before, with: after).differences.first)
    #expect(difference.weight == .decisive)
    #expect(difference.property == "hook and policy of iptables filter FORWARD")
  }

  @Test func `containers' ports and new containers matter least`() throws {
    let comparison = try compare { snapshot in
      guard var links = snapshot.namespaces[0].links.value else { return }
      links.removeAll { $0.kind == "veth" }
      snapshot.namespaces[0].links = .value(links)
      snapshot.namespaces.append(NamespaceSnapshot(id: "9", role: .container, name: "new"))
    }
    #expect(comparison.differences.map(\.property) == ["containers"])
    #expect(comparison.differences.map(\.weight) == [.minor])
  }

  @Test func `of two machines MACs and addresses must differ`() throws {
    let comparison = try compare { snapshot in
      snapshot.origin.host = "ci2"
      snapshot.origin.bootId = "c"
      changeLink(&snapshot, "br-ci") { $0.address = MACAddress(0x0200_0000_0001) }
      snapshot.namespaces[0].addresses = .value([])
    }
    #expect(comparison.differences == [])
  }

  @Test func `hostile rulesets are no trouble`() throws {
    for text in [
      "}}}}", "{{{{", "table", "\u{0}\n\t}", "table ip x {\nchain y {", "*\n:\n[\n-A\n", "# handle",
    ] {
      let comparison = try compare { snapshot in
        snapshot.namespaces[0].nftables = .value(text)
        snapshot.namespaces[0].legacyTables["iptables"] = .value(text)
      }
      #expect(comparison.differences.allSatisfy { !$0.property.isEmpty })
    }
  }
}
