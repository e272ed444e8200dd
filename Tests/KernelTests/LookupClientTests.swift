import Lab
import LinuxSystem
import Lookups
import NetworkTypes
import Observation
import Testing

@Suite struct LookupClientTests {
  let namespace: NetworkNamespace
  let resolver: LabResolver
  let server: SocketAddress

  init() throws {
    namespace = try Program.namespaceWithLoopback()
    resolver = try LabResolver(
      at: [SocketAddress(.v4(.loopback), port: 0), SocketAddress(.v6(.loopback), port: 0)],
      in: namespace,
      zone: Zone(origin: "lab.test"),
      seed: 7,
      logLimit: 100_000
    )
    server = resolver.addresses[0]
    try resolver.start()
  }

  @Test func `an answered lookup has its times, its client and its id`() throws {
    let request = LookupRequest(name: "One.Lab.test", server: server)
    let result = try #require(try Lookup.run([request], in: namespace).first)
    #expect(result.outcome == .answered(records: 1))
    #expect(result.name == "one.lab.test")
    #expect(result.start < result.end)
    #expect(result.duration < .seconds(1))
    let attempt = try #require(result.attempts.first)
    let entry = try #require(resolver.log.entries.first)
    #expect(result.attempts.count == 1)
    #expect(entry.client == attempt.client)
    #expect(entry.transaction == attempt.transaction)
    #expect(entry.question == NameDigest.of("one.lab.test"))
    #expect(entry.time >= attempt.sent)
    #expect(entry.time <= result.end)
  }

  @Test func `over IPv6 too`() throws {
    let request = LookupRequest(name: "six.lab.test", type: 28, server: resolver.addresses[1])
    #expect(try Lookup.run([request], in: namespace).map(\.outcome) == [.answered(records: 1)])
  }

  @Test(
    arguments: [
      ("servfail.lab.test", 2), ("refused.lab.test", 5), ("nxdomain.lab.test", 3), ("elsewhere.test", 3),
    ] as [(String, UInt16)]
  )
  func `error responses are told with their code`(name: String, code: UInt16) throws {
    let request = LookupRequest(name: name, server: server)
    #expect(try Lookup.run([request], in: namespace).map(\.outcome) == [.errorResponse(code: code)])
  }

  @Test func `a mute server is asked as often as wanted, with new ids`() throws {
    let request = LookupRequest(
      name: "mute.lab.test",
      server: server,
      timeout: .milliseconds(40),
      attempts: 3
    )
    let result = try #require(try Lookup.run([request], in: namespace).first)
    #expect(result.outcome == .unanswered)
    #expect(result.attempts.count == 3)
    #expect(Set(result.attempts.map(\.client)).count == 1)
    #expect(Set(result.attempts.map(\.transaction)).count == 3)
    #expect(result.end == (try #require(result.attempts.last).sent + .milliseconds(40)))
    #expect(resolver.log.counts[.muted] == 3)
  }

  @Test func `an answer after the timeout is late if it is waited for`() throws {
    var request = LookupRequest(
      name: "d120.lab.test",
      server: server,
      timeout: .milliseconds(40),
      attempts: 1
    )
    let without = try #require(try Lookup.run([request], in: namespace).first)
    request.lateWindow = .seconds(5)
    let with = try #require(try Lookup.run([request], in: namespace).first)
    #expect(without.outcome == .unanswered)
    #expect(with.outcome == .late)
    #expect(with.duration >= .milliseconds(120))
  }

  @Test func `an answer to an earlier attempt counts while a later one waits`() throws {
    let request = LookupRequest(
      name: "d60.lab.test",
      server: server,
      timeout: .milliseconds(40),
      attempts: 2
    )
    let result = try #require(try Lookup.run([request], in: namespace).first)
    #expect(result.outcome == .answered(records: 1))
    #expect(result.attempts.count == 2)
  }

  @Test func `a client that is late itself doesn't invent a failure`() throws {
    let request = LookupRequest(
      name: "busy.lab.test",
      server: server,
      timeout: .milliseconds(300),
      attempts: 1
    )
    let result = try #require(
      try Lookup.run([request], in: namespace) {
        // Busy for longer than the timeout.
        let end = ContinuousClock.now + .milliseconds(600)
        while ContinuousClock.now < end {}
      }.first
    )
    #expect(result.outcome == .answered(records: 1))
    #expect(result.duration < .milliseconds(300))
  }

  @Test func `a client that is late itself doesn't invent a success`() throws {
    let request = LookupRequest(
      name: "d100.lab.test",
      server: server,
      timeout: .milliseconds(50),
      attempts: 1
    )
    let result = try #require(
      try Lookup.run([request], in: namespace) {
        let end = ContinuousClock.now + .milliseconds(250)
        while ContinuousClock.now < end {}
      }.first
    )
    #expect(result.outcome == .unanswered)
  }

  @Test func `a truncated answer is repeated over TCP`() throws {
    var request = LookupRequest(name: "trunc.lab.test", server: server)
    let repeated = try #require(try Lookup.run([request], in: namespace).first)
    request.retriesTruncatedOverTCP = false
    let taken = try #require(try Lookup.run([request], in: namespace).first)
    #expect(repeated.outcome == .answered(records: 1))
    #expect(repeated.transport == .tcp)
    #expect(repeated.attempts.count == 2)
    #expect(taken.outcome == .answered(records: 0))
    #expect(taken.transport == .udp)
  }

  @Test func `the buffer size decides what is truncated`() throws {
    var request = LookupRequest(
      name: "s900.lab.test",
      type: 16,
      server: server,
      retriesTruncatedOverTCP: false
    )
    let small = try Lookup.run([request], in: namespace).map(\.outcome)
    request.bufferSize = 1232
    let large = try Lookup.run([request], in: namespace).map(\.outcome)
    #expect(small == [.answered(records: 0)])
    #expect(large == [.answered(records: 1)])
    #expect(resolver.log.counts == [.truncated: 1, .answered: 1])
  }

  @Test func `TCP alone works, and can be mute`() throws {
    let requests = ["one.lab.test", "mute.lab.test", "s9000.lab.test"].map {
      LookupRequest(
        name: $0,
        type: 16,
        server: server,
        transport: .tcp,
        timeout: .milliseconds(300),
        attempts: 1
      )
    }
    let results = try Lookup.run(requests, in: namespace)
    #expect(results.map(\.outcome) == [.answered(records: 1), .unanswered, .answered(records: 1)])
    #expect(resolver.log.entries.allSatisfy { $0.transport == .tcp })
  }

  @Test(arguments: [DNSTransport.udp, .tcp])
  func `a server that isn't there is an error that the kernel told`(transport: DNSTransport) throws {
    let request = LookupRequest(
      name: "one.lab.test",
      server: SocketAddress(.v4(.loopback), port: 9),
      transport: transport,
      timeout: .milliseconds(50),
      attempts: 2
    )
    let result = try #require(try Lookup.run([request], in: namespace).first)
    #expect(result.outcome == .notSent(reason: "Connection refused"))
    #expect(result.attempts.count == 2)
  }

  @Test func `no route is an error that the kernel told`() throws {
    let request = LookupRequest(
      name: "a.test",
      server: SocketAddress(.v4(IPv4Address(192, 0, 2, 1)), port: 53)
    )
    let result = try #require(try Lookup.run([request], in: namespace).first)
    #expect(result.outcome == .notSent(reason: "Network is unreachable"))
    #expect(result.attempts.isEmpty)
  }

  @Test func `what is no name is not sent`() throws {
    let result = try #require(
      try Lookup.run([LookupRequest(name: "a..b", server: server)], in: namespace).first
    )
    #expect(result.outcome == .notSent(reason: "not a domain name"))
    #expect(resolver.log.total == 0)
  }

  @Test(arguments: [SocketPolicy.perLookup, .shared(16)])
  func `five thousand lookups are in flight at once`(policy: SocketPolicy) throws {
    let requests = (0..<5000).map {
      LookupRequest(name: "d1500.n\($0).lab.test", server: server, timeout: .seconds(8), attempts: 1)
    }
    let results = try Lookup.run(requests, in: namespace, sockets: policy)
    let outcomes = Dictionary(grouping: results, by: \.outcome).mapValues(\.count)
    #expect(outcomes == [.answered(records: 1): 5000])
    #expect(Set(results.flatMap(\.attempts)).count == 5000)
    let clients = Set(results.flatMap(\.attempts).map(\.client))
    #expect(clients.count == (policy == .perLookup ? 5000 : 16))
    #expect(clients.allSatisfy { $0.address == .v4(.loopback) && $0.port != 0 })
    let started = try #require(results.map(\.start).max())
    let ended = try #require(results.map(\.end).min())
    #expect(started < ended, "all were in flight before the first ended")
  }

  @Test func `the share of mute requests is near what was asked for, and the same for the same seed`() throws
  {
    resolver.set(LabResolver.Behaviour(muteShare: 0.05))
    let requests = (0..<4000).map {
      LookupRequest(name: "n\($0).lab.test", server: server, timeout: .seconds(2), attempts: 1)
    }
    let results = try Lookup.run(requests, in: namespace)
    let failed = results.filter { !$0.isAnswered }
    #expect(resolver.log.counts[.muted] == failed.count)
    // Four standard deviations of a binomial share: 4 · √(0.05 · 0.95 · 4000) = 55.
    #expect(abs(failed.count - 200) < 55)
    let muted = Set(resolver.log.entries.filter { $0.deed == .muted }.map(\.transaction))
    #expect(failed.flatMap(\.attempts).allSatisfy { muted.contains($0.transaction) })
  }

  @Test func `cancelled lookups end without a word`() throws {
    let server = server
    let namespace = namespace
    let told = try NamespaceThread.run {
      let loop = try EventLoop()
      let client = LookupClient(on: loop, in: namespace, sockets: .perLookup, seed: 1)
      var told = 0
      for number in 0..<50 {
        client.start(LookupRequest(name: "d20.n\(number).lab.test", server: server)) { _ in told += 1 }
      }
      let before = client.inFlight
      client.cancelAll()
      loop.schedule(after: .milliseconds(60)) { loop.stop() }
      try loop.run()
      return [before, client.inFlight, told]
    }
    #expect(told == [50, 0, 0])
  }
}
