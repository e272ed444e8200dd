import Diagnosis
import Lab
import LinuxSystem
import Lookups
import NetworkTypes
import Observation
import Sensing
import Statistics
import Testing

/// What the kernel's counters say about lookups that were really lost.
@Suite struct ScarsTests {
  @Test func `in 20 labs the estimate is within a tenth of what was lost, and 0 where nothing was`() throws {
    let outcomes = try NamespaceThread.run { try ScarredLabs(seed: 2026).run() }
    try #require(outcomes.count == 20)
    print("Scars: pinned, leaves, joins, lookups, lost, estimate (least to most flooded, refused)")
    for outcome in outcomes {
      print("Scars: \(outcome)")
      let distance =
        outcome.estimate > outcome.lost ? outcome.estimate - outcome.lost : outcome.lost - outcome.estimate
      #expect(10 * distance <= outcome.lost, "\(outcome)")
      #expect(outcome.lookups > 100)
      if outcome.isPinned || outcome.changes == 0 { #expect(outcome.lost == 0 && outcome.estimate == 0) }
      if outcome.lost >= 20 { #expect(outcome.scars.confidence == .likely, "\(outcome)") }
    }
    // Labs of each kind were among them, and the counters had something to tell.
    #expect(outcomes.filter { $0.lost > 0 }.count >= 10)
    #expect(outcomes.filter(\.isPinned).count == 2)
    #expect(outcomes.contains { $0.scars.flooded.most > 0 && ($0.scars.refused ?? 0) > 0 })
  }
}

/// Twenty lab hosts under load, on whose bridges ports come and go.
private final class ScarredLabs {
  /// What was lost on a host, and what its counters say.
  struct Outcome: Sendable, CustomStringConvertible {
    let isPinned: Bool
    let leaves: Int
    let joins: Int
    /// Times that the bridge's MAC would change.
    let changes: Int
    let lookups: UInt64
    let lost: UInt64
    let scars: Scars
    var estimate: UInt64 { scars.datagrams }

    var description: String {
      let seen = scars.witnesses.map { "\($0.name) \($0.seen)/\($0.deficit.map { "\($0)" } ?? "?")" }
      return "\(isPinned), \(leaves), \(joins), \(lookups), \(lost), \(estimate) (\(scars.flooded.least) to"
        + " \(scars.flooded.most), \(scars.refused ?? 0)); \(seen.joined(separator: ", "))"
    }
  }

  /// A port that comes or goes, and when.
  private struct Change {
    let delay: Duration
    let action: Action
  }

  /// One of the hosts.
  private final class Host {
    let host: LabHost
    var plan: [Change] = []
    var (leaves, joins, changes) = (0, 0, 0)
    var askers: [(client: LookupClient, name: String)] = []
    var (lookups, lost): (UInt64, UInt64) = (0, 0)

    init(_ host: LabHost) { self.host = host }
  }

  private static let count = 20
  private static let interval = Duration.milliseconds(40)
  private static let server = SocketAddress(Topology.resolverAddresses[0], port: 53)
  private let loop: EventLoop
  private let lab: Lab
  private let resolver: LabResolver
  private let hosts: [Host]
  private var generator: SeededGenerator
  private var isOver = false

  init(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let plans = (0..<Self.count).map { number in
      var plan = Topology.founding.host(number, using: &generator)
      if number >= 2 { plan.bridge.address = nil }
      return plan
    }
    lab = try Lab(plans)
    loop = try EventLoop()
    resolver = try LabResolver(
      at: [Self.server],
      in: lab.upstream.namespace,
      zone: Zone(origin: "kingpost.test"),
      seed: seed
    )
    hosts = lab.hosts.map { Host($0) }
    self.generator = generator
  }

  /// Everything at once: a load, changes in its course, and a look at the counters when all have found their gateway
  /// again.
  func run() throws -> [Outcome] {
    try resolver.start()
    defer { resolver.stop() }
    for (number, host) in hosts.enumerated() {
      // The last five see ports come and go that aren't the lowest.
      plan(host, disturbs: number < Self.count - 5)
      try prepare(host, number)
    }
    let end = hosts.flatMap { $0.plan.map(\.delay) }.max() ?? .zero
    loop.schedule(after: end + .seconds(4)) { [self] in finish() }
    try loop.run()
    return try hosts.map(outcome)
  }

  /// Draws what happens on a host.
  private func plan(_ host: Host, disturbs: Bool) {
    let stay: Set = ["build", "other"]
    var ports = host.host.plan.containers.map { (name: $0.name, port: $0.portName, address: $0.portAddress) }
    var moment = Duration.seconds(1)
    let (leaves, joins) = (
      Int.random(in: disturbs ? 1...3 : 0...2, using: &generator), Int.random(in: 0...3, using: &generator)
    )
    var kinds = Array(repeating: true, count: leaves) + Array(repeating: false, count: joins)
    generator.shuffle(&kinds)
    for isLeave in kinds {
      moment += .milliseconds(Int.random(in: 300...2600, using: &generator))
      ports.sort { $0.address < $1.address }
      let smallest = ports[0].address
      if isLeave {
        let leaving = disturbs ? 0 : ports.lastIndex { !stay.contains($0.name) } ?? 0
        guard !stay.contains(ports[leaving].name), disturbs || leaving > 0 else { continue }
        let gone = ports.remove(at: leaving)
        host.plan.append(Change(delay: moment, action: .leave(container: gone.name, port: gone.port)))
        host.leaves += 1
      } else {
        host.joins += 1
        let name = "new\(host.joins)"
        let address: MACAddress =
          disturbs
          ? .unicast(below: smallest, using: &generator) : .unicast(above: smallest, using: &generator)
        let container = Topology.founding.container(
          name,
          position: 20 + host.joins,
          portAddress: address,
          using: &generator
        )
        ports.append((name, container.portName, address))
        host.plan.append(Change(delay: moment, action: .join(container)))
      }
      if ports.map(\.address).min() != smallest { host.changes += 1 }
    }
  }

  /// Makes outages short, and begins to ask.
  private func prepare(_ host: Host, _ number: Int) throws {
    for name in ["build", "other"] {
      for (setting, value) in [
        ("base_reachable_time_ms", "600"), ("delay_first_probe_time", "1"), ("retrans_time_ms", "100"),
      ] {
        let setting = Setting("net.ipv4.neigh.eth0.\(setting)", value)
        try host.host.perform(.inside(container: name, .setting(setting)))
      }
    }
    // On every other host one container is silent.
    for name in number % 2 == 0 ? ["build", "other"] : ["build"] {
      guard let container = host.host.containers[name] else { continue }
      let client = LookupClient(
        on: loop,
        in: container.namespace,
        sockets: .perLookup,
        seed: generator.next()
      )
      host.askers.append((client, name))
      let phase = Self.interval * Double.random(in: 0..<1, using: &generator)
      ask(client, host, "\(name).h\(number).kingpost.test", at: .now + phase)
    }
    for change in host.plan {
      loop.schedule(after: change.delay) { try host.host.perform(change.action) }
    }
  }

  /// A lookup of one datagram; an answer that comes late wasn't lost.
  private func ask(_ client: LookupClient, _ host: Host, _ name: String, at moment: ContinuousClock.Instant) {
    loop.schedule(at: moment) { [self] in
      guard !isOver else { return }
      host.lookups += 1
      let request = LookupRequest(
        name: "l\(host.lookups).\(name)",
        server: Self.server,
        timeout: .seconds(1),
        attempts: 1,
        lateWindow: .seconds(1)
      )
      client.start(request) { result in
        if result.outcome == .unanswered { host.lost += UInt64(result.attempts.count) }
      }
      ask(client, host, name, at: max(moment + Self.interval, .now))
    }
  }

  /// Asks no more, and waits for what is under way.
  private func finish() {
    isOver = true
    if hosts.allSatisfy({ $0.askers.allSatisfy { $0.client.inFlight == 0 } }) { return loop.stop() }
    loop.schedule(after: .milliseconds(20)) { [self] in finish() }
  }

  private func outcome(_ host: Host) throws -> Outcome {
    let containers = host.host.containers.values.sorted { $0.port < $1.port }.map {
      SensedNamespace($0.namespace, role: .container, name: $0.plan.name)
    }
    let machine = SensedNamespace(host.host.namespace, role: .machine, name: "host")
    let snapshot = try SnapshotSensor.sense([machine] + containers, tool: "kernel test", privileges: "a test")
    let bridge = try #require(HostView(snapshot).bridges.first)
    return Outcome(
      isPinned: host.host.plan.bridge.address != nil,
      leaves: host.leaves,
      joins: host.joins,
      changes: host.changes,
      lookups: host.lookups,
      lost: host.lost,
      scars: Scars(of: bridge)
    )
  }
}
