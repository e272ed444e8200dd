import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

/// Rules that programs really wrote, and shapes that they are known to write.
@Suite struct RecordedRulesetTests {
  static let both = [
    Ruleset(RecordedRulesets.dockerWithNft),
    Ruleset(nftables: nil, legacy: [("ip", RecordedRulesets.dockerWithLegacy)]),
  ]

  static func packet(
    _ from: String,
    _ source: IPv4Address,
    out: String = "eth0",
    to destination: IPv4Address = IPv4Address(192, 0, 2, 53),
    port: UInt16 = 53
  ) -> Ruleset.Packet {
    var packet = Ruleset.Packet(
      inInterface: from,
      outInterface: out,
      source: SocketAddress(.v4(source), port: 40_000),
      destination: SocketAddress(.v4(destination), port: port),
      upperProtocol: .udp,
      state: .new
    )
    packet.mark = Ruleset.Mark(0)
    return packet
  }

  @Test(arguments: both)
  func `dockerd's rules let its own bridges out and back, and no other`(ruleset: Ruleset) {
    for (bridge, source) in [("docker0", IPv4Address(172, 17, 0, 2)), ("br-app", IPv4Address(172, 18, 0, 2))]
    {
      let request = Self.packet(bridge, source)
      #expect(ruleset.filter(request, hook: "forward") == .accepted)
      #expect(ruleset.filter(request.answer, hook: "forward") == .accepted)
      #expect(ruleset.translatesSource(of: request) == true)
    }
    let other = ruleset.filter(Self.packet("br0", IPv4Address(172, 20, 0, 2)), hook: "forward")
    guard case .droppedByPolicy(let chain) = other else {
      Issue.record("\(other)")
      return
    }
    #expect(chain.hasSuffix("ip filter FORWARD"))
    #expect(ruleset.translatesSource(of: Self.packet("br0", IPv4Address(172, 20, 0, 2))) == false)
  }

  @Test(arguments: both)
  func `dockerd's isolation is a rule that can be named`(ruleset: Ruleset) throws {
    let packet = Self.packet(
      "docker0",
      IPv4Address(172, 17, 0, 2),
      out: "br-app",
      to: IPv4Address(172, 18, 0, 2)
    )
    var walk = Ruleset.Walk(mark: packet.mark)
    guard case .droppedByRule = ruleset.filter(packet, hook: "forward", &walk) else {
      Issue.record("not dropped by a rule")
      return
    }
    let site = try #require(walk.dropped)
    #expect(ruleset.chains[site.chain].name == "DOCKER-ISOLATION-STAGE-2")
    #expect(ruleset.words(site).contains("br-app"))
    let closed = Self.packet("br-closed", IPv4Address(172, 19, 0, 2))
    guard case .droppedByRule = ruleset.filter(closed, hook: "forward") else {
      Issue.record("an internal network gets out")
      return
    }
  }

  @Test func `a legacy table stands beside nftables and is asked as well`() {
    let ruleset = Ruleset(
      nftables: RecordedRulesets.dockerWithNft,
      legacy: [
        (
          "ip",
          "*filter\n:FORWARD ACCEPT [0:0]\n[7:420] -A FORWARD -i docker0 -p udp -m udp --dport 53 -j DROP\nCOMMIT\n"
        )
      ]
    )
    var walk = Ruleset.Walk(mark: Ruleset.Mark(0))
    let decision = ruleset.filter(Self.packet("docker0", IPv4Address(172, 17, 0, 2)), hook: "forward", &walk)
    #expect(decision == .droppedByRule(chain: "legacy ip filter FORWARD"))
    #expect(walk.accepted.first.map { ruleset.chains[$0.chain].title } == "ip filter FORWARD")
    let counter = walk.dropped.flatMap { site in
      site.rule.map { ruleset.chains[site.chain].rules[$0].counter }
    }
    #expect(counter == Ruleset.Counter(packets: 7, bytes: 420))
  }

  @Test func `what iptables-nft can't say in nftables' terms is undecided only where it decides`() {
    let ruleset = Ruleset(RecordedRulesets.manyKinds)
    let rules = ruleset.chain("filter", "DOCKER-USER")?.rules ?? []
    #expect(rules.count == 15)
    let unknown = rules.filter { $0.conditions.contains { if case .unknown = $0 { true } else { false } } }
    let heads = unknown.map { $0.text.split(separator: " ").prefix(3).joined(separator: " ") }
    #expect(
      heads == [
        "xt match physdev", "limit rate 3/minute", "ct mark 0x3", "meta random &", "tcp flags syn",
        "xt match hashlimit", "xt match recent", "xt match string",
      ]
    )
    let ports = ruleset.chain("nat", "POSTROUTING")?.rules.last?.verdict
    #expect(ports == .translate(ports: 1000...1010))
    let marked = ruleset.chain("mangle", "PREROUTING")?.rules.map(\.effects)
    #expect(marked == [[.mark(1, mask: .max)], [.mark(nil, mask: .max)]])
    #expect(ruleset.chain("raw", "PREROUTING")?.rules.first?.effects == [.untracked])
  }

  @Test func `dockerd 29's own backend: verdict maps by interface`() {
    let ruleset = Ruleset(Self.dockerBridges)
    let request = Self.packet("docker0", IPv4Address(172, 17, 0, 2))
    #expect(ruleset.filter(request, hook: "forward") == .accepted)
    #expect(ruleset.filter(request.answer, hook: "forward") == .accepted)
    #expect(ruleset.translatesSource(of: request) == true)
    var fresh = request.answer
    fresh.state = .new
    #expect(
      ruleset.filter(fresh, hook: "forward") == .droppedByRule(chain: "ip docker-bridges filter-FORWARD")
    )
    let other = Self.packet("br0", IPv4Address(172, 20, 0, 2))
    #expect(ruleset.filter(other, hook: "forward") == .accepted)
    #expect(ruleset.translatesSource(of: other) == false)
  }

  @Test func `named sets, concatenations and interval sets are looked up`() {
    let ruleset = Ruleset(Self.ownTable)
    let source = IPv4Address(10, 201, 0, 9)
    let allowed = Self.packet("brci0", source, to: IPv4Address(10, 1, 2, 3))
    #expect(ruleset.filter(allowed, hook: "forward") == .accepted)
    let denied = Self.packet("brci0", source, to: IPv4Address(10, 1, 2, 4))
    #expect(ruleset.filter(denied, hook: "forward") == .droppedByRule(chain: "inet jci jci_forward"))
    #expect(ruleset.filter(Self.packet("brci0", source), hook: "forward") == .accepted)
    #expect(ruleset.translatesSource(of: Self.packet("brci0", source)) == true)
    #expect(ruleset.translatesSource(of: Self.packet("br0", IPv4Address(10, 202, 0, 9))) == false)
  }

  @Test func `a mark that a rule sets is known to later ones`() {
    let ruleset = Ruleset(
      """
      table ip filter {
        chain forward {
          type filter hook forward priority filter; policy drop;
          iifname "br0" meta mark set 0x40000
          iifname "br1" meta mark set mark or 0x2
          meta mark & 0x00ff0000 == 0x00040000 accept
        }
      }
      """
    )
    #expect(ruleset.filter(Self.packet("br0", IPv4Address(172, 20, 0, 2)), hook: "forward") == .accepted)
    let other = ruleset.filter(Self.packet("br1", IPv4Address(172, 20, 0, 2)), hook: "forward")
    #expect(other == .droppedByPolicy(chain: "ip filter forward"))
  }

  @Test func `rules that tell the addresses of a subnet apart are noticed`() throws {
    let ruleset = Ruleset(
      """
      table ip filter {
        chain forward {
          type filter hook forward priority filter; policy accept;
          ip saddr 10.0.0.0/8 counter
          ip saddr 172.18.0.7 drop
        }
      }
      """
    )
    for (subnet, isTold) in [("172.18.0.0/16", true), ("172.19.0.0/16", false), ("10.9.0.0/16", false)] {
      let prefix = try #require(IPPrefix(subnet))
      var packet = Self.packet("br0", IPv4Address(0, 0, 0, 0))
      packet.source = SocketAddress(prefix.network.address, port: 40_000)
      var walk = Ruleset.Walk(mark: Ruleset.Mark(0), alike: (prefix.network.address, prefix.last))
      #expect(ruleset.filter(packet, hook: "forward", &walk) == .accepted)
      #expect(walk.tellsAddressesApart == isTold, "\(subnet)")
    }
  }

  @Test func `a firewall in the manner of firewalld is judged`() {
    let ruleset = Ruleset(Self.firewalld)
    let request = Self.packet("docker0", IPv4Address(172, 17, 0, 2))
    #expect(ruleset.filter(request, hook: "forward") == .accepted)
    let other = Self.packet("br0", IPv4Address(172, 20, 0, 2))
    #expect(ruleset.filter(other, hook: "forward") == .droppedByRule(chain: "inet firewalld filter_FORWARD"))
    #expect(ruleset.filter(other.answer, hook: "forward") == .accepted)
  }

  @Test func `ufw's rules are judged for both families`() throws {
    let ruleset = Ruleset(RecordedRulesets.ufw)
    let six = try (#require(IPAddress("fd00:18::2")), #require(IPAddress("fd00:18::1")))
    for (source, destination) in [
      (IPAddress.v4(IPv4Address(172, 18, 0, 2)), .v4(IPv4Address(172, 18, 0, 1))), six,
    ] {
      var packet = Self.packet("br0", IPv4Address(0, 0, 0, 0), out: "")
      packet.source = SocketAddress(source, port: 40_000)
      packet.destination = SocketAddress(destination, port: 53)
      packet.destinationIsLocal = true
      let family = source.family == .v4 ? "ip" : "ip6"
      #expect(ruleset.filter(packet, hook: "input") == .droppedByPolicy(chain: "\(family) filter INPUT"))
      #expect(ruleset.filter(packet.answer, hook: "output") == .accepted)
      packet.upperProtocol = .tcp
      packet.destination = SocketAddress(destination, port: 22)
      #expect(ruleset.filter(packet, hook: "input") == .accepted)
      packet.destinationIsLocal = false
      packet.outInterface = "eth0"
      #expect(ruleset.filter(packet, hook: "forward") == .droppedByPolicy(chain: "\(family) filter FORWARD"))
    }
    let chain = try #require(ruleset.chain("filter", "INPUT"))
    #expect(FilterRemedies.owner(of: chain, in: ruleset) == .ufw)
  }

  @Test func `priorities by name, offset and number`() {
    let ruleset = Ruleset(
      """
      table inet a { chain one { type filter hook forward priority filter + 10; policy accept; } }
      table inet b { chain two { type filter hook forward priority -5; policy accept; }; }
      table inet c { chain three { type filter hook forward priority mangle - 1; }; }
      table inet d { flags dormant; chain four { type filter hook forward priority 0; policy drop; }; }
      """
    )
    #expect(ruleset.chains.map(\.priority) == [10, -5, -151])
    let order = ruleset.baseChains(hook: "forward", type: "filter", family: .v4).map {
      ruleset.chains[$0].name
    }
    #expect(order == ["three", "two", "one"])
  }

  static let dockerBridges = """
    table ip docker-bridges {
    	map filter-forward-in-jumps {
    		type ifname : verdict
    		elements = { "docker0" : jump filter-forward-in__docker0 }
    	}

    	map filter-forward-out-jumps {
    		type ifname : verdict
    		elements = { "docker0" : jump filter-forward-out__docker0 }
    	}

    	map nat-postrouting-out-jumps {
    		type ifname : verdict
    		elements = { "docker0" : jump nat-postrouting-out__docker0 }
    	}

    	chain filter-FORWARD {
    		type filter hook forward priority filter; policy accept;
    		oifname vmap @filter-forward-in-jumps
    		iifname vmap @filter-forward-out-jumps
    	}

    	chain nat-POSTROUTING {
    		type nat hook postrouting priority srcnat; policy accept;
    		iifname vmap @nat-postrouting-out-jumps
    	}

    	chain filter-forward-in__docker0 {
    		ct state established,related counter packets 9 bytes 540 accept
    		iifname "docker0" counter packets 0 bytes 0 accept comment "ICC"
    		counter packets 0 bytes 0 drop comment "UNPUBLISHED PORT DROP"
    	}

    	chain filter-forward-out__docker0 {
    		ct state established,related counter packets 0 bytes 0 accept
    		counter packets 9 bytes 540 accept comment "OUTGOING"
    	}

    	chain nat-postrouting-out__docker0 {
    		oifname != "docker0" ip saddr 172.17.0.0/16 counter packets 9 bytes 540 masquerade comment "MASQUERADE"
    	}
    }
    """

  static let ownTable = """
    table inet jci {
    	set ci4 {
    		type ipv4_addr
    		flags interval
    		elements = { 10.201.0.0/16 }
    	}

    	set deny4 {
    		type ipv4_addr
    		flags interval
    		elements = { 10.0.0.0/8, 100.64.0.0/10,
    			     192.168.0.0/16 }
    	}

    	set allow4 {
    		type ipv4_addr . inet_proto . inet_service
    		elements = { 10.1.2.3 . udp . 53,
    			     10.1.2.3 . tcp . 53 counter packets 0 bytes 0 }
    	}

    	chain jci_forward {
    		type filter hook forward priority filter - 10; policy accept;
    		iifname "brci0" jump from_ci
    		ip saddr @ci4 jump from_ci
    	}

    	chain from_ci {
    		ct state established,related accept
    		ip daddr . meta l4proto . th dport @allow4 accept
    		ip daddr @deny4 counter packets 0 bytes 0 reject
    		meta nfproto ipv6 counter packets 0 bytes 0 drop
    		oifname != "eth0" counter packets 0 bytes 0 drop
    	}

    	chain jci_post {
    		type nat hook postrouting priority srcnat + 10; policy accept;
    		ip saddr @ci4 ip daddr != @ci4 masquerade
    	}
    }
    """

  static let firewalld = """
    table inet firewalld {
    	chain filter_FORWARD {
    		type filter hook forward priority filter + 10; policy accept;
    		ct state vmap { established : accept, related : accept }
    		ct status dnat accept
    		iifname "lo" accept
    		ct state invalid drop
    		ip6 daddr { ::/96, 2002:7f00::/24 } reject with icmpv6 addr-unreachable
    		jump filter_FORWARD_ZONES
    		reject with icmpx admin-prohibited
    	}

    	chain filter_FORWARD_ZONES {
    		iifname vmap { "docker0" : goto filter_FWD_docker, "eth0" : goto filter_FWD_public }
    	}

    	chain filter_FWD_docker {
    		log prefix "docker: " level info
    		accept
    	}

    	chain filter_FWD_public {
    		meta l4proto { icmp, ipv6-icmp } accept
    		reject with icmpx admin-prohibited
    	}
    }
    """
}
