import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct BridgeComparisonTests {
  private func compare(_ change: (inout Snapshot) -> Void = { _ in }) throws -> Comparison {
    var snapshot = try ComparedHost.snapshot()
    change(&snapshot)
    let host = HostView(snapshot)
    let left = try #require(host.bridges.first { $0.name == "docker0" })
    let right = try #require(host.bridges.first { $0.name == "br-ci" })
    return Comparison(left, of: host, with: right, of: host)
  }

  private func changeBridge(_ snapshot: inout Snapshot, _ change: (inout LinkSnapshot) -> Void) {
    guard var links = snapshot.namespaces[0].links.value else { return }
    change(&links[2])
    snapshot.namespaces[0].links = .value(links)
  }

  @Test func `of the founding setup the first line is who chose the MAC`() throws {
    let first = try #require(try compare().differences.first)
    #expect(first.property == "who chose its MAC")
    #expect(first.weight == .decisive)
    #expect(first.left == "somebody set it, and it stays (addr_assign_type 3)")
    #expect(first.right?.contains("addr_assign_type 1") == true)
    #expect(first.why.contains("smallest"))
  }

  @Test func `who made it, the daemons' settings and the rules follow`() throws {
    let differences = try compare().differences
    #expect(
      differences.contains { $0.property == "whose it is" && $0.right?.contains("given to docker") == true }
    )
    #expect(
      differences.contains { $0.subject == "engine" && $0.property == "iptables" && $0.right == "false" }
    )
    let rules = try #require(differences.first { $0.property == "rules that name it or its subnet" })
    #expect(
      rules.left == "ip filter FORWARD: oifname \"BRIDGE\" counter accept"
        || rules.left?.contains("BRIDGE") == true
    )
    #expect(rules.right == nil)
    // Both are translated by rules that are the same but for name, subnet and counters.
    #expect(!differences.contains { $0.property.contains("translat") })
  }

  @Test func `what must differ is no difference`() throws {
    let properties = Set(try compare().differences.map(\.property))
    #expect(
      properties.isDisjoint(with: ["bridge_id", "gc_timer", "name", "MAC", "data-root", "bridge_name"])
    )
  }

  @Test func `differences come in the order of their weight`() throws {
    let comparison = try compare { snapshot in
      changeBridge(&snapshot) {
        $0.bridge?["stp_state"] = "1"
        $0.bridge?["multicast_snooping"] = "0"
        $0.mtu = 1400
        $0.transmitQueueLength = 1000
      }
      snapshot.namespaces[0].settings["net.ipv4.conf.br-ci.rp_filter"] = .value("1")
    }
    let weights = comparison.differences.map(\.weight)
    #expect(weights == weights.sorted())
    let properties = comparison.differences.map(\.property)
    #expect(properties.prefix(2) == ["who chose its MAC", "stp_state"])
    for name in ["mtu", "multicast_snooping", "net.ipv4.conf.IF.rp_filter", "length of the transmit queue"] {
      #expect(properties.contains(name))
    }
  }

  @Test func `a bridge without a rule that translates it is told decisively`() throws {
    let comparison = try compare { snapshot in
      let lines = ComparedHost.rules.split(separator: "\n").filter { !$0.contains("172.30") }
      snapshot.namespaces[0].nftables = .value(lines.joined(separator: "\n"))
    }
    let difference = comparison.differences.first { $0.property.hasPrefix("translation") }
    #expect(difference?.weight == .decisive)
    #expect(difference?.right == "no rule names it")
  }

  @Test func `two alike bridges are the same`() throws {
    let comparison = try compare { snapshot in
      changeBridge(&snapshot) { $0.addressAssignment = .value(.set) }
      snapshot.engines = []
      snapshot.namespaces[0].nftables = .absent
    }
    #expect(comparison.differences == [])
    #expect(comparison.blindSpots == [])
  }

  @Test func `what couldn't be read is no difference, and is said`() throws {
    let comparison = try compare { snapshot in
      changeBridge(&snapshot) { $0.addressAssignment = .unreadable(reason: "needs root") }
      snapshot.namespaces[0].nftables = .unreadable(reason: "needs root")
    }
    #expect(!comparison.differences.contains { $0.property == "who chose its MAC" })
    #expect(comparison.blindSpots.contains("bridge, who chose its MAC (B): needs root"))
    #expect(comparison.blindSpots.contains { $0.contains("nftables") })
  }
}
