import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

@Suite struct RulesetTests {
  // The text is what nft(8) 1.0 prints: tabs, quoted names, sets in braces.
  static let docker = """
    table ip nat {
    	set pools {
    		type ipv4_addr
    		flags interval
    		elements = { 10.0.0.0/8,
    			     192.168.0.0/16 }
    	}

    	chain POSTROUTING {
    		type nat hook postrouting priority srcnat; policy accept;
    		oifname != "docker0" ip saddr 172.17.0.0/16 counter masquerade
    	}
    }
    table ip filter {
    	chain FORWARD {
    		type filter hook forward priority filter; policy drop;
    		counter jump DOCKER-USER
    		oifname "docker0" ct state related,established counter accept
    		iifname "docker0" oifname != "docker0" accept comment "out, and nothing else"
    	}

    	chain DOCKER-USER {
    		iifname { "br1", "br2" } udp dport { 53,
    			     853 } accept
    		meta l4proto tcp return
    		iifname "br3" ip daddr 192.0.2.0-192.0.2.63 log prefix "seen: " level info drop
    	}
    }
    """

  static func packet(
    from bridge: String = "docker0",
    source: IPv4Address = IPv4Address(172, 17, 0, 2),
    port: UInt16 = 53,
    out uplink: String = "eth0",
    isReply: Bool = false
  ) -> Ruleset.Packet {
    Ruleset.Packet(
      inInterface: bridge,
      outInterface: uplink,
      source: SocketAddress(.v4(source), port: 40_000),
      destination: SocketAddress(.v4(IPv4Address(192, 0, 2, 53)), port: port),
      upperProtocol: .udp,
      state: isReply ? .established : .new
    )
  }

  @Test func `a hand-made bridge meets the policy, dockerd's own is accepted`() {
    let ruleset = Ruleset(Self.docker)
    #expect(ruleset.filter(Self.packet(), hook: "forward") == .accepted)
    let other = ruleset.filter(Self.packet(from: "br0"), hook: "forward")
    #expect(other == .droppedByPolicy(chain: "ip filter FORWARD"))
  }

  @Test func `jumps, sets of names and ports, and rules over several lines are followed`() {
    let ruleset = Ruleset(Self.docker)
    #expect(ruleset.filter(Self.packet(from: "br2", port: 853), hook: "forward") == .accepted)
    let otherPort = ruleset.filter(Self.packet(from: "br2", port: 80), hook: "forward")
    #expect(otherPort == .droppedByPolicy(chain: "ip filter FORWARD"))
    let dropped = ruleset.filter(Self.packet(from: "br3"), hook: "forward")
    #expect(dropped == .droppedByRule(chain: "ip filter FORWARD"))
  }

  @Test func `answers are accepted by their state`() {
    let ruleset = Ruleset(Self.docker)
    let answer = Self.packet(from: "eth0", out: "docker0", isReply: true)
    #expect(ruleset.filter(answer, hook: "forward") == .accepted)
    let fresh = Self.packet(from: "eth0", out: "docker0")
    #expect(ruleset.filter(fresh, hook: "forward") == .droppedByPolicy(chain: "ip filter FORWARD"))
  }

  @Test func `translation is found for the right subnet and way out only`() {
    let ruleset = Ruleset(Self.docker)
    #expect(ruleset.translatesSource(of: Self.packet()) == true)
    #expect(ruleset.translatesSource(of: Self.packet(out: "docker0")) == false)
    #expect(ruleset.translatesSource(of: Self.packet(source: IPv4Address(172, 18, 0, 2))) == false)
  }

  @Test func `an accept ends its own base chain only`() {
    let ruleset = Ruleset(
      """
      table inet filter {
        chain forward {
          type filter hook forward priority filter; policy accept;
          iifname "docker0" accept
        }
      }
      table inet guard {
        chain late {
          type filter hook forward priority filter + 1; policy drop;
        }
      }
      """
    )
    let decision = ruleset.filter(Self.packet(), hook: "forward")
    #expect(decision == .droppedByPolicy(chain: "inet guard late"))
  }

  @Test func `what isn't understood is undecided, never guessed`() {
    let ruleset = Ruleset(
      """
      table ip filter {
        chain forward {
          type filter hook forward priority filter; policy drop;
          ip saddr @allowed accept
        }
      }
      table ip nat {
        chain postrouting {
          type nat hook postrouting priority srcnat; policy accept;
          meta mark 0x7 masquerade
        }
      }
      """
    )
    #expect(ruleset.filter(Self.packet(), hook: "forward") == .undecided)
    #expect(ruleset.translatesSource(of: Self.packet()) == nil)
  }

  @Test func `other families' tables don't count`() {
    let ruleset = Ruleset(
      "table ip6 f {\n chain c {\n type filter hook forward priority 0; policy drop;\n }\n}"
    )
    #expect(ruleset.filter(Self.packet(), hook: "forward") == .accepted)
  }

  @Test func `an empty or torn ruleset is read without harm`() {
    for text in ["", "table", "table ip x {", "table ip x {\n chain c {\n type filter hook", "}\n}\n{"] {
      #expect(Ruleset(text).filter(Self.packet(), hook: "forward") == .accepted)
    }
  }
}
