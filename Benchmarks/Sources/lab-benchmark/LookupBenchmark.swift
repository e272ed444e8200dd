import Glibc
import Lab
import LinuxSystem
import Lookups
import Measuring
import Netlink
import NetlinkCodec
import NetworkTypes
import Observation
import Statistics

/// The prober against the lab's resolver in one namespace, each on a thread of its own.
final class LookupBenchmark {
  private static let lookups = 20_000
  private static let inFlight = 64
  private let namespace: NetworkNamespace
  private let resolver: LabResolver

  private struct Pass {
    /// Lookups in a second.
    let rate: Double
    /// Processor time for each lookup, in microseconds: the client's, and the resolver's.
    let client: Double
    let resolver: Double
  }

  init() throws {
    namespace = try NetworkNamespace.make()
    let connection = try NetlinkConnection(in: namespace)
    try connection.changeLink(connection.link(named: "lo").index, LinkChange(isUp: true))
    resolver = try LabResolver(
      at: [SocketAddress(.v4(.loopback), port: 0)],
      in: namespace,
      zone: Zone(origin: "lab.test"),
      seed: 1
    )
    try resolver.start()
  }

  func run(rounds: Int) throws -> [Row] {
    let policies: [(SocketPolicy, String)] = [(.perLookup, "a socket each"), (.shared(8), "eight sockets")]
    return try policies.flatMap { policy, name in
      _ = try pass(policy)
      let passes = try (0..<rounds).map { _ in try pass(policy) }
      return [
        Row("lookups, \(name)", figure: "\(Int(passes.map(\.rate).median)) /s"),
        Row(
          "  processor time of the client for one",
          figure: "\(passes.map(\.client).median.rounded(to: 1)) us"
        ),
        Row(
          "  processor time of the resolver for one",
          figure: "\(passes.map(\.resolver).median.rounded(to: 1)) us"
        ),
      ]
    }
  }

  /// Keeps a number of lookups going until all are done.
  private func pass(_ policy: SocketPolicy) throws -> Pass {
    let loop = try EventLoop()
    let client = LookupClient(on: loop, in: namespace, sockets: policy, seed: 1)
    var started = 0
    var ended = 0
    var failed = 0
    func next() {
      started += 1
      client.start(LookupRequest(name: "n\(started).lab.test", server: resolver.addresses[0])) { result in
        ended += 1
        failed += result.isAnswered ? 0 : 1
        if started < Self.lookups { next() }
        if ended == Self.lookups { loop.stop() }
      }
    }
    let (process, thread) = (Self.time(CLOCK_PROCESS_CPUTIME_ID), Self.time(CLOCK_THREAD_CPUTIME_ID))
    let start = ContinuousClock.now
    for _ in 0..<Self.inFlight { next() }
    try loop.run()
    let duration = start.duration(to: .now)
    let mine = Self.time(CLOCK_THREAD_CPUTIME_ID) - thread
    let all = Self.time(CLOCK_PROCESS_CPUTIME_ID) - process
    guard failed == 0 else { throw ProgramFailure(program: "\(failed) lookups", status: 1) }
    let count = Double(Self.lookups)
    return Pass(
      rate: count / (duration / .seconds(1)),
      client: mine * 1e6 / count,
      resolver: (all - mine) * 1e6 / count
    )
  }

  /// A clock's reading, in seconds.
  private static func time(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
