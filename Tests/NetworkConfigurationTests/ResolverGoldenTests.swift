import NetworkConfiguration
import NetworkTypes
import Testing

/// glibc's own reading of resolv.conf, beside ours.
@Suite struct ResolverGoldenTests {
  @Test(arguments: GoldenCase.all("resolver")) func `servers and options are glibc's`(_ golden: GoldenCase)
    throws
  {
    let text = try #require(golden.tree["/etc/resolv.conf"])
    let parsed = ResolverConfiguration(text)
    let servers = parsed.serversInUse
    var ours = [
      "timeout \(parsed.timeout) attempts \(parsed.attempts) servers \(servers.count) ndots \(parsed.dots)"
    ]
    ours += ["rotate", "edns0", "single-request"].filter(parsed.options.contains).map { "option \($0)" }
    ours += servers.map { server in
      if case .v4(let address) = server.address { "server \(address)" } else { "server v6" }
    }
    ours += parsed.search.map { "search \($0)" }
    // Without search, glibc takes the domain of the machine's name.
    let theirs = golden.golden.filter { !$0.isEmpty && (!parsed.search.isEmpty || !$0.hasPrefix("search")) }
    #expect(ours == theirs)
  }

  @Test func `what glibc ignores has its line`() throws {
    let golden = try #require(GoldenCase.all("resolver").first { $0.name == "resolver/usual" })
    let parsed = ResolverConfiguration(try #require(golden.tree["/etc/resolv.conf"]))
    #expect(parsed.mistakes.map(\.line).sorted() == [3, 7, 12, 13, 14])
    #expect(parsed.servers.map(\.scope) == [nil, nil, "lo", nil])
  }
}
