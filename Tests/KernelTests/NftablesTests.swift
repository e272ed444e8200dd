import LinuxSystem
import Nftables
import Testing

@Suite struct NftablesTests {
  static let masquerade = """
    table inet host {
      chain forward {
        type filter hook forward priority filter; policy accept;
        ct state established,related counter accept
        iifname "br0" counter accept
      }
      chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ip saddr 172.18.0.0/16 oifname != "br0" counter masquerade
        ip6 saddr fd00:18::/64 oifname != "br0" masquerade
      }
    }
    """

  @Test func `a ruleset is loaded into its namespace only and listed without counters`() throws {
    let namespace = try NetworkNamespace.make()
    #expect(try Nftables.ruleset(in: namespace).isEmpty)
    #expect(try Nftables.run(Self.masquerade, in: namespace).isEmpty)
    let listed = try Nftables.ruleset(in: namespace)
    #expect(listed.contains("ip saddr 172.18.0.0/16 oifname != \"br0\" counter masquerade"))
    #expect(!listed.contains("packets"))
    #expect(try Nftables.run("list ruleset", in: namespace).contains("counter packets 0 bytes 0"))
    let another = try NetworkNamespace.make()
    #expect(try Nftables.ruleset(in: another).isEmpty)
  }

  @Test func `JSON is printed on request`() throws {
    let namespace = try NetworkNamespace.make()
    try Nftables.run("add table ip t", in: namespace)
    let listed = try Nftables.run("list tables", in: namespace, format: .json)
    #expect(listed.contains(#""name": "t""#))
  }

  @Test func `a refused command is named with the library's reason and changes nothing`() throws {
    let namespace = try NetworkNamespace.make()
    let error = #expect(throws: NftablesError.self) {
      try Nftables.run("add table ip t\nadd rule ip t2 c accept\n", in: namespace)
    }
    #expect(error?.code == .refused)
    #expect(error?.command == "add rule ip t2 c accept")
    #expect(error?.message == "Could not process rule: No such file or directory")
    #expect(error?.diagnostics.contains("^") == true)
    #expect(try Nftables.ruleset(in: namespace).isEmpty)
  }

  @Test func `a syntax error is named`() throws {
    let error = #expect(throws: NftablesError.self) { try Nftables.run("foo bar") }
    #expect(error?.command == "foo bar")
    #expect(error?.message.hasPrefix("syntax error") == true)
  }

  @Test func `what it needs is there`() throws {
    try Nftables.check(in: NetworkNamespace.make())
  }

  @Test func `thirty-six namespaces get their ruleset in a fraction of a second`() throws {
    let namespaces = try (0..<36).map { _ in try NetworkNamespace.make() }
    let rules = Self.masquerade
    let elapsed = try NamespaceThread.run {
      try ContinuousClock().measure {
        for namespace in namespaces { try Nftables.run(rules, in: namespace) }
      }
    }
    #expect(elapsed < .seconds(1), "took \(elapsed)")
  }
}
