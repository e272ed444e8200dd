import Glibc
import Lab
import LinuxSystem
import Lookups
import Measuring
import NetworkTypes
import Observation
import Statistics

/// A lab of 36 hosts comes up.
final class StartBenchmark {
  static let hosts = 36
  private let plans: [HostPlan]
  private let teardown: Teardown
  private var answered: [Double] = []
  private var goings: [Double] = []

  init() throws {
    var generator = SeededGenerator(seed: 1)
    plans = (0..<Self.hosts).map { Topology.founding.host($0, using: &generator) }
    teardown = try Teardown()
  }

  func run(rounds: Int) throws -> [Row] {
    let script = try ShellLab(plans)
    try teardown.wait()
    let built = try Comparison("build \(Self.hosts) hosts", bar: .milliseconds(1000), rounds: rounds).run(
      ours: { try build() },
      peer: {
        let duration = try script.run()
        try teardown.wait()
        return duration
      }
    )
    let bar = Bar.milliseconds(1000)
    // The first is the unmeasured one.
    let ready = Array(answered.dropFirst()).median
    return [
      built,
      Row(
        "the same, until each host had an answer",
        figure: "\(ready.rounded(to: 1)) ms",
        bar: bar,
        isMet: bar.isMet(milliseconds: ready)
      ),
      Row(
        "the kernel takes them down again",
        figure: "\(Array(goings.dropFirst()).median.rounded(to: 1)) ms"
      ),
    ]
  }

  /// How long it takes to build the lab; also notes how long until each of its hosts had a lookup answered,
  /// and how long the kernel then took to take it down.
  private func build() throws -> Duration {
    let duration: Duration
    do {
      let clock = ContinuousClock()
      let start = clock.now
      let lab = try Lab(plans)
      duration = start.duration(to: clock.now)
      try firstAnswers(lab)
      answered.append(start.duration(to: clock.now).milliseconds)
    }
    goings.append(try teardown.wait().milliseconds)
    return duration
  }

  private func firstAnswers(_ lab: Lab) throws {
    let resolver = try LabResolver(
      at: Topology.resolverAddresses.map { SocketAddress($0, port: 53) },
      in: lab.upstream.namespace,
      zone: Zone(origin: "lab.test"),
      seed: 1
    )
    try resolver.start()
    let loop = try EventLoop()
    let clients = lab.hosts.compactMap { $0.containers["build"] }.map {
      LookupClient(on: loop, in: $0.namespace, sockets: .perLookup, seed: 1)
    }
    var left = clients.count
    for client in clients {
      client.start(LookupRequest(name: "first.lab.test", server: resolver.addresses[0])) { result in
        left -= result.isAnswered ? 1 : 0
        if !result.isAnswered || left == 0 { loop.stop() }
      }
    }
    try withExtendedLifetime((clients, resolver)) { try loop.run() }
    guard left == 0 else { throw ProgramFailure(program: "a first lookup", status: 1) }
  }
}
