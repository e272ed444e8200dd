import Lab
import LinuxSystem
import Lookups
import NetworkTypes
import Observation
import Testing

@Suite struct RealResolverTests {
  @Test(arguments: RealResolver.Program.allCases)
  func `a real server answers from the zone, and ends when told`(program: RealResolver.Program) throws {
    guard program.path != nil else {
      try Test.cancel("\(program) is not installed")
    }
    let namespace = try Program.namespaceWithLoopback()
    let servers = [SocketAddress(.v4(.loopback), port: 53), SocketAddress(.v6(.loopback), port: 53)]
    let resolver = try RealResolver(program, at: servers, in: namespace, zone: Zone(origin: "lab.test"))
    let requests = servers.flatMap { server in
      [
        LookupRequest(name: "a.lab.test", type: 1, server: server),
        LookupRequest(name: "a.lab.test", type: 28, server: server, transport: .tcp),
        LookupRequest(name: "elsewhere.test", server: server),
      ]
    }
    let outcomes = try Lookup.run(requests, in: namespace).map(\.outcome)
    let expected: [LookupResult.Outcome] = [
      .answered(records: 1), .answered(records: 1), .errorResponse(code: 3),
    ]
    #expect(outcomes == expected + expected)
    resolver.stop()
    let after = LookupRequest(
      name: "a.lab.test",
      server: servers[0],
      timeout: .milliseconds(500),
      attempts: 1
    )
    #expect(try Lookup.run([after], in: namespace).map(\.outcome) == [.notSent(reason: "Connection refused")])
  }

  @Test(arguments: RealResolver.Program.allCases)
  func `a server that can't listen is an error with its own words`(program: RealResolver.Program) throws {
    guard program.path != nil else {
      try Test.cancel("\(program) is not installed")
    }
    let namespace = try Program.namespaceWithLoopback()
    let nowhere = [SocketAddress(.v4(IPv4Address(192, 0, 2, 9)), port: 53)]
    #expect {
      try RealResolver(program, at: nowhere, in: namespace, zone: Zone(origin: "lab.test"))
    } throws: { error in
      "\(error)".contains("192.0.2.9") && "\(error)".contains(program.rawValue)
    }
  }

  @Test func `dig gets answers from the lab's resolver`() throws {
    guard Program.find("dig") != nil else {
      try Test.cancel("dig is not installed")
    }
    let namespace = try Program.namespaceWithLoopback()
    let resolver = try LabResolver(
      at: [SocketAddress(.v4(.loopback), port: 53)],
      in: namespace,
      zone: Zone(origin: "lab.test"),
      seed: 1,
      logLimit: 10
    )
    try resolver.start()
    for arguments in [["x.lab.test", "A"], ["+tcp", "x.lab.test", "AAAA"], ["s2000.lab.test", "TXT"]] {
      // Fails unless there is an answer.
      try Program.run("dig", ["@127.0.0.1", "+time=5", "+tries=1", "+short"] + arguments, in: namespace)
    }
    let deeds = resolver.log.entries.map { "\($0.transport) \($0.type) \($0.deed)" }
    #expect(deeds == ["udp 1 answered", "tcp 28 answered", "udp 16 truncated", "tcp 16 answered"])
  }
}
