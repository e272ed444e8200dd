import NetworkTypes
import Testing

@testable import Observation

@Suite struct AnonymisationTests {
  private let key = AnonymisationKey(Array("a secret of some length".utf8))

  /// The sample, with names and addresses in every place that may hold them.
  private func personal() throws -> Snapshot {
    var snapshot = try Snapshot.sample()
    snapshot.origin.host = "zeppelin7.corp.acme.example"
    snapshot.origin.bootId = "6e1e5f0a-77d1-4c5c-9f7e-2f3c1b8f9a10"
    snapshot.origin.blindSpots = ["container payments-api on zeppelin7: gone (10.77.1.2)"]
    snapshot.machine.machineIdDigest = .value("f00dfacef00dface")
    let prefix = try #require(IPPrefix("10.77.1.1/24"))
    snapshot.namespaces[0].links = .value([
      LinkSnapshot(
        index: InterfaceIndex(3),
        name: "acmebr",
        kind: "bridge",
        address: MACAddress("52:54:00:aa:bb:01"),
        alternativeNames: ["acme-alias"],
        bridge: ["bridge_id": "8000.525400aabb01", "stp_state": "0"]
      ),
      LinkSnapshot(index: InterfaceIndex(4), name: "vethacme1", address: MACAddress("52:54:00:aa:bb:02")),
      LinkSnapshot(index: InterfaceIndex(5), name: "br-0123456789ab", kind: "bridge"),
    ])
    snapshot.namespaces[0].addresses = .value([AddressSnapshot(interface: InterfaceIndex(3), prefix: prefix)])
    snapshot.namespaces[0].settings["net.ipv4.conf.acmebr.rp_filter"] = .value("2")
    snapshot.namespaces[0].settings["net/ipv4/conf/acme.5/rp_filter"] = .value("2")
    snapshot.namespaces[0].nftables = .value(
      """
      table ip nat {
      \tchain POSTROUTING {
      \t\ttype nat hook postrouting priority srcnat; policy accept;
      \t\tip saddr 10.77.1.0/24 oifname != "acmebr" counter packets 1 bytes 60 masquerade comment "by alice"
      \t\tiifname { "acmebr", "acmeold*" } tcp dport 80 dnat to 10.77.1.9:8080
      \t}
      }
      """
    )
    snapshot.namespaces[0].legacyTables["iptables"] = .value(
      "*filter\n:FORWARD ACCEPT [0:0]\n[1:2] -A FORWARD -s 10.77.1.0/24 ! -o acmebr -m comment --comment \"for alice\""
        + " -j LOG --log-prefix \"acme \"\nCOMMIT\n"
    )
    snapshot.namespaces[0].resolver = .value(
      "search corp.acme.example\nnameserver 203.0.113.77\nnameserver 127.0.0.11\n"
    )
    snapshot.namespaces[0].neighbours = .value([
      NeighbourSnapshot(
        interface: InterfaceIndex(3),
        address: try #require(IPAddress("10.77.1.9")),
        linkAddress: MACAddress("52:54:00:aa:bb:09"),
        state: "STALE"
      )
    ])
    snapshot.namespaces[0].multicast = .value([
      MulticastSnapshot(
        bridge: InterfaceIndex(3),
        port: InterfaceIndex(4),
        group: "ff02::1:ffaa:bb09",
        isPermanent: false
      )
    ])
    snapshot.namespaces[1].name = "payments-api"
    snapshot.engines[0].configurationFile = "/home/alice/.config/docker/daemon.json"
    snapshot.engines[0].networks = .value([
      EngineNetwork(
        id: String(repeating: "0123456789ab", count: 5) + "0123",
        name: "acme-net",
        driver: "bridge",
        bridge: "br-0123456789ab",
        pools: [.init(subnet: prefix.network, gateway: prefix.address)]
      )
    ])
    snapshot.engines[0].containers = .value([
      EngineContainer(
        id: String(repeating: "fedcba987654", count: 5) + "3210",
        name: "payments-api",
        pid: 43,
        namespace: "2",
        networkMode: "acme-net",
        endpoints: [.init(network: "acme-net", addresses: [prefix], gateway: nil, linkAddress: nil)],
        dns: ["203.0.113.77"]
      )
    ])
    snapshot.management.interfaces = .value([
      ConfiguredInterface(
        manager: .ifupdown,
        name: "acmebr",
        file: "/etc/network/interfaces",
        line: 1,
        settings: ["address": "10.77.1.1/24", "mac": "52:54:00:aa:bb:01", "ports": "none"]
      )
    ])
    snapshot.management.mistakes = ["/home/alice/x:3: acmebr is named twice"]
    snapshot.management.resolverFiles = [
      "/etc/resolv.conf": .value("domain corp.acme.example\nnameserver 203.0.113.77")
    ]
    return snapshot
  }

  @Test func `no name and no address of the original is left anywhere`() throws {
    let text = try personal().anonymised(key).json()
    for original in [
      "zeppelin7", "acme", "alice", "payments", "10.77", "203.0.113.77", "52:54:00:aa", "525400aabb",
      "0123456789ab", "fedcba987654", "6e1e5f0a", "f00dface", "aa:bb09",
    ] {
      #expect(!text.contains(original), "\(original) is left")
    }
  }

  @Test func `what is known for what it is stays`() throws {
    let snapshot = try personal().anonymised(key)
    let resolver = try #require(snapshot.namespaces[0].resolver.value)
    #expect(resolver.contains("nameserver 127.0.0.11"))
    #expect(snapshot.engines[0].kind == .docker)
    #expect(snapshot.engines[0].sockets == ["/run/docker.sock"])
    #expect(snapshot.namespaces[0].processes.map(\.name) == ["dockerd"])
    let rules = try #require(snapshot.namespaces[0].nftables.value)
    #expect(rules.contains("chain POSTROUTING"))
    #expect(rules.contains("type nat hook postrouting priority srcnat; policy accept;"))
    #expect(rules.contains("counter packets 1 bytes 60 masquerade comment \"text-"))
    #expect(rules.contains(":8080"))
  }

  @Test func `what was equal is equal, and subnets hold what they held`() throws {
    let snapshot = try personal().anonymised(key)
    let prefix = try #require(snapshot.namespaces[0].addresses.value?.first?.prefix)
    let pool = try #require(snapshot.engines[0].networks.value?.first?.pools.first)
    #expect(pool.subnet == prefix.network)
    #expect(pool.gateway == prefix.address)
    #expect(prefix.length == 24)
    let neighbour = try #require(snapshot.namespaces[0].neighbours.value?.first)
    #expect(prefix.contains(neighbour.address))
    let link = try #require(snapshot.namespaces[0].links.value?.first)
    let rules = try #require(snapshot.namespaces[0].nftables.value)
    #expect(rules.contains("ip saddr \(prefix.network) oifname != \"\(link.name)\""))
    #expect(rules.contains("dnat to \(neighbour.address):8080"))
    #expect(
      snapshot.namespaces[0].legacyTables["iptables"]?.value?.contains(
        "-s \(prefix.network) ! -o \(link.name) "
      ) == true
    )
    #expect(snapshot.namespaces[0].settings["net.ipv4.conf.\(link.name).rp_filter"] == .value("2"))
    let address = try #require(link.address)
    #expect(link.bridge?["bridge_id"] == "8000." + address.description.replacing(":", with: ""))
    #expect(snapshot.management.interfaces.value?.first?.settings["mac"] == address.description)
    #expect(snapshot.management.interfaces.value?.first?.name == link.name)
    #expect(snapshot.engines[0].containers.value?.first?.name == snapshot.namespaces[1].name)
    #expect(
      snapshot.engines[0].containers.value?.first?.networkMode
        == snapshot.engines[0].networks.value?.first?.name
    )
    // Docker names its bridges after their networks' ids.
    let network = try #require(snapshot.engines[0].networks.value?.first)
    #expect(network.bridge == "br-" + network.id.prefix(12))
    #expect(snapshot.namespaces[0].links.value?.last?.name == network.bridge)
  }

  @Test func `numbers and readings stay as they are`() throws {
    let original = try Snapshot.sample()
    let snapshot = try original.anonymised(key)
    #expect(snapshot.namespaces[0].links.value?.first?.statistics["rx_packets"] == UInt64.max)
    #expect(snapshot.origin.uptime == original.origin.uptime)
    #expect(
      snapshot.machine
        == {
          var machine = original.machine; machine.machineIdDigest = snapshot.machine.machineIdDigest;
          return machine
        }()
    )
    #expect(snapshot.namespaces[0].settings["net.no"] == .absent)
    #expect(snapshot.namespaces[0].tracking == original.namespaces[0].tracking)
  }

  @Test func `the same key gives the same replacements, another one others`() throws {
    let snapshot = try personal()
    #expect(try snapshot.anonymised(key) == snapshot.anonymised(key))
    let other = try snapshot.anonymised(AnonymisationKey(Array("another".utf8)))
    #expect(try other != snapshot.anonymised(key))
    #expect(try snapshot.anonymised(.random()) != snapshot.anonymised(.random()))
  }

  @Test func `a container that is called like a word of the firewall's language changes no rule`() throws {
    var snapshot = try personal()
    for name in ["ip", "accept", "counter", "masquerade", "docker", "value", "up"] {
      snapshot.namespaces[1].name = name
      let changed = try snapshot.anonymised(key)
      #expect(changed.namespaces[0].nftables.value?.contains("counter packets 1 bytes 60 masquerade") == true)
      #expect(changed.engines[0].kind == .docker)
      #expect(changed.namespaces[1].role == .container)
    }
  }

  @Test(arguments: [
    "\u{0}", "\"", "a b", "é\u{202e}", "((", "10.0.0.1", "02:00:00:00:00:01",
    String(repeating: "x.", count: 500),
  ])
  func `hostile names are replaced like others`(name: String) throws {
    var snapshot = try personal()
    snapshot.namespaces[1].name = name
    let changed = try snapshot.anonymised(key)
    #expect(changed.namespaces[1].name != name)
    #expect(changed.namespaces.count == 2)
  }
}
