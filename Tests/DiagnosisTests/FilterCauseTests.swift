import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Causes of netfilter and routing beside policies: foreign rules, the input hook, the reverse path, ports.
@Suite struct FilterCauseTests {
  static let blocker = """
    table inet own {
    	chain forward {
    		type filter hook forward priority filter - 5; policy accept;
    		iifname "br0" accept
    	}
    }
    table inet blocker {
    	chain forward {
    		type filter hook forward priority filter + 10; policy accept;
    		ip saddr 172.18.0.0/16 meta l4proto { tcp, udp } th dport 53 drop
    	}
    }
    """
  static let wall = """
    table inet wall {
    	chain input {
    		type filter hook input priority filter; policy drop;
    		iifname "lo" accept
    		ct state established,related accept
    	}
    }
    """

  private func cause(_ world: World) -> Cause? { world.diagnosis.attributions().first?.cause }

  @Test func `a later table's drop wins over an accept before it`() throws {
    var world = World { $0.ruleset = .value(World.masquerade + "\n" + Self.blocker) }
    world.lookUp(at: 100, .lostInForwarding)
    #expect(world.found == ["forwarding foreign-table-drop"])
    #expect(cause(world)?.confidence == .likely)
    let rule = "chain inet blocker forward, hook forward, a rule that drops"
    #expect(cause(world)?.evidence.contains { $0.value == rule } == true)
    world.drop("NETFILTER_DROP", at: 100, function: "nft_do_chain", interface: "br0")
    #expect(cause(world)?.confidence == .certain)
  }

  @Test func `a rule that drops other packets is not to blame`() {
    let other = Self.blocker.replacing("dport 53", with: "dport 25")
    var world = World { $0.ruleset = .value(World.masquerade + "\n" + other) }
    world.lookUp(at: 100, .lostInForwarding)
    #expect(world.found == ["forwarding -"])
  }

  @Test func `a request for the host itself that the input hook drops is told from a mute resolver there`() {
    var walled = World { $0.ruleset = .value(World.masquerade + "\n" + Self.wall) }
    walled.lookUp(at: 100, .toHostInVain)
    #expect(walled.found == ["input input-drop-resolver"])
    #expect(
      cause(walled)?.evidence.contains { $0.value == "dropped in inet wall input, by its policy" } == true
    )
    var open = World()
    open.lookUp(at: 100, .toHostInVain)
    #expect(open.found == ["input -"])
  }

  @Test(arguments: [("1", "0"), ("0", "1")])
  func `a strict reverse path filter drops the answer if its counter grew`(all: String, uplink: String) {
    var world = World {
      $0.settings["net.ipv4.conf.all.rp_filter"] = all
      $0.settings["net.ipv4.conf.eth0.rp_filter"] = uplink
      $0.counters["TcpExt.IPReversePathFilter"] = 7
    }
    world.lookUp(at: 100, .answerDropped)
    #expect(world.found == ["return answer-dropped"], "the counter didn't grow")
    world.counters["TcpExt.IPReversePathFilter"] = 8
    #expect(world.found == ["return rp-filter"])
    #expect(cause(world)?.confidence == .likely)
    world.drop("IP_RPFILTER", at: 102, function: "ip_rcv_finish_core", interface: "eth0")
    #expect(cause(world)?.confidence == .certain)
  }

  @Test(arguments: [("0", "0"), ("1", "2"), ("2", "1")])
  func `a filter that is off or loose drops no answer`(all: String, uplink: String) {
    var world = World {
      $0.settings["net.ipv4.conf.all.rp_filter"] = all
      $0.settings["net.ipv4.conf.eth0.rp_filter"] = uplink
      $0.counters["TcpExt.IPReversePathFilter"] = 7
    }
    world.lookUp(at: 100, .answerDropped)
    world.counters["TcpExt.IPReversePathFilter"] = 8
    #expect(world.found == ["return answer-dropped"])
  }

  @Test func `connections that can't be confirmed are short of ports, unless a filter drops them before`() {
    var world = World { $0.counters["Conntrack.insert_failed"] = 0 }
    world.lookUp(at: 100, .lostInForwarding)
    #expect(world.found == ["forwarding -"])
    world.counters["Conntrack.insert_failed"] = 1
    #expect(world.found == ["forwarding snat-port-exhaustion"])
    #expect(cause(world)?.confidence == .likely)
    world.drop("NETFILTER_DROP", at: 100, function: "nf_hook_slow", interface: "br0")
    #expect(cause(world)?.confidence == .certain)
    var filtered = World {
      $0.ruleset = .value(World.masquerade + "\n" + Self.blocker)
      $0.counters["Conntrack.insert_failed"] = 0
    }
    filtered.lookUp(at: 100, .lostInForwarding)
    filtered.counters["Conntrack.insert_failed"] = 1
    #expect(filtered.found == ["forwarding foreign-table-drop"])
  }
}
