internal import Lab
public import LinuxSystem
internal import Lookups
public import NetworkTypes
internal import Observation
internal import Statistics

/// Makes labelled recordings: a lab in which lookups fare as a scenario wills, recorded by the programs that
/// people use, with the truth about each lookup.
///
/// To be made and used on a thread of `NamespaceThread`, as root of the first user namespace: in others,
/// tcpdump(8) can't stay the user that it is. All that it started has ended when it is done, also when it
/// fails.
///
/// ```swift
/// let recording = try NamespaceThread.run {
///   try Recorder(scenario, into: folder).record()
/// }
/// ```
public final class Recorder {
  /// How a recording is made.
  public struct Options: Sendable {
    /// Lookups per second of each container that asks.
    public var rate: Double
    /// How long each phase lasts.
    public var phaseDuration: Duration
    /// How long a lookup waits for its answer; an answer that comes within the same time after that is late.
    public var timeout: Duration
    /// What the lookups are sent over.
    public var family: IPFamily
    /// Determines addresses, ids and what the resolver ignores.
    public var seed: UInt64

    /// Options; the default ones make about 600 lookups in a scenario of two phases.
    public init(
      rate: Double = 50,
      phaseDuration: Duration = .seconds(3),
      timeout: Duration = .milliseconds(400),
      family: IPFamily = .v4,
      seed: UInt64 = 1
    ) {
      self.rate = rate
      self.phaseDuration = phaseDuration
      self.timeout = timeout
      self.family = family
      self.seed = seed
    }
  }

  /// How far lookups are kept from changes.
  private static let margin = Duration.milliseconds(25)
  /// So long after a frame has passed it is in a file: dumpcap's rings hand over every 250 ms.
  private static let handover = Duration.milliseconds(600)

  private let scenario: RecordingScenario
  private let options: Options
  private let folder: String
  private let script: RecordingScript
  private let loop: EventLoop
  private var generator: SeededGenerator

  /// A recorder that leaves its files in a folder, each with the scenario's id in its name.
  public init(_ scenario: RecordingScenario, _ options: Options = Options(), into folder: String) throws {
    self.scenario = scenario
    self.options = options
    self.folder = folder
    script = RecordingScript(scenario, options)
    loop = try EventLoop()
    generator = SeededGenerator(seed: options.seed ^ 1 << 32)
  }

  /// Makes the recording; once. `observe` is given the host's namespace and the loop that will run, so that it can be
  /// looked at while it happens as well.
  public func record(
    observing observe: (NetworkNamespace, EventLoop) throws -> Void = { _, _ in }
  ) throws -> Recording {
    let lab = try Lab([script.plan])
    defer { withExtendedLifetime(lab) {} }
    guard let host = lab.hosts.first else { preconditionFailure("a lab has a host for each plan") }
    let resolver = try resolver(in: lab)
    defer { resolver.stop() }
    let askers = try scenario.askers.map { try asker(in: $0, of: host) }
    for action in script.beginning(of: scenario) { try host.perform(action) }
    try warmUp(askers)
    let programs = try startPrograms(on: host)
    defer { programs.forEach { $0.abandon() } }
    try observe(host.namespace, loop)
    let phases = try load(askers, host, resolver)
    try loop.serve(for: Self.handover)
    let files = try programs.map { try $0.end() }
    return recording(askers, phases, files, resolver.log)
  }

  private func resolver(in lab: Lab) throws -> LabResolver {
    let resolver = try LabResolver(
      at: Topology.resolverAddresses.map { SocketAddress($0, port: 53) },
      in: lab.upstream.namespace,
      zone: Zone(origin: "kingpost.test"),
      seed: options.seed,
      // What it ignores is part of the truth.
      logLimit: .max
    )
    try resolver.start()
    return resolver
  }

  private func asker(in name: String, of host: LabHost) throws -> Asker {
    guard let container = host.containers[name],
      let server = scenario.topology.resolverAddress(options.family, in: host.plan)
    else {
      throw LabError("container \(name) can't ask", advice: "This is a defect in the scenario's definition.")
    }
    let client = LookupClient(
      on: loop,
      in: container.namespace,
      sockets: .perLookup,
      seed: generator.next()
    )
    return Asker(
      name,
      client: client,
      loop: loop,
      server: SocketAddress(server, port: 53),
      interval: .seconds(1 / options.rate),
      timeout: options.timeout,
      lateWindow: options.timeout,
      suffix: "\(name).recorded.kingpost.test"
    )
  }

  /// Waits until every container that asks has had an answer, so that none fails for want of a ready lab.
  private func warmUp(_ askers: [Asker]) throws {
    var waiting = askers.count
    func ask(_ asker: Asker) {
      asker.ask(counted: false) { result in
        if result.isAnswered { waiting -= 1 } else { ask(asker) }
      }
    }
    askers.forEach(ask)
    guard try loop.serve(atMost: .seconds(5), until: { waiting == 0 }) else {
      throw LabError(
        "\(waiting) containers of the lab had no answer within 5 s",
        advice: "The machine may be too busy; try again."
      )
    }
  }

  /// Starts one program of each kind, and waits until all of them record.
  private func startPrograms(on host: LabHost) throws -> [CaptureProgram] {
    // dumpcap stops altogether when one of its interfaces goes.
    let ports = host.containers.values.sorted { $0.port < $1.port }.map(\.plan.portName)
      .filter { !script.leavingPorts.contains($0) }
    let interfaces = ports + [host.plan.bridge.name, host.plan.uplink.name]
    var programs: [CaptureProgram] = []
    do {
      for kind in Recording.Kind.allCases {
        programs.append(
          try CaptureProgram(
            kind,
            kind == .ethernet ? interfaces : [],
            in: host.namespace,
            to: "\(folder)/\(scenario.id)"
          )
        )
      }
      let started = programs
      guard try loop.serve(atMost: .seconds(10), until: { try started.allSatisfy { try $0.isReady() } })
      else {
        throw LabError("tcpdump or dumpcap didn't begin within 10 s", advice: "See their logs in \(folder).")
      }
    } catch {
      programs.forEach { $0.abandon() }
      throw error
    }
    return programs
  }

  /// Has the containers ask, and makes the scenario's changes.
  private func load(_ askers: [Asker], _ host: LabHost, _ resolver: LabResolver) throws -> [Recording.Phase] {
    // The recordings have the beginning of it all: whom the gateway's address belongs to.
    let forgetting =
      [.flushNeighbours(link: host.plan.bridge.name)] + script.plan.renewal(of: scenario.askers)
    var phases = [
      try change("nothing has happened", forgetting, scenario.mood(options.timeout), host, resolver)
    ]
    receiveVisitors(host)
    for asker in askers {
      asker.start(after: .seconds(Double.random(in: 0..<1 / options.rate, using: &generator)))
    }
    try loop.serve(for: options.phaseDuration)
    for (change, actions) in zip(scenario.changes, script.changes) {
      askers.forEach { $0.pause() }
      try awaitResults(askers)
      try loop.serve(for: Self.margin)
      phases.append(
        try self.change(change.summary, actions, change.mood?(options.timeout), host, resolver)
      )
      for asker in askers where change.silenced.contains(asker.container) { asker.stop() }
      try loop.serve(for: Self.margin)
      askers.forEach { $0.resume() }
      try loop.serve(for: options.phaseDuration)
    }
    askers.forEach { $0.stop() }
    try awaitResults(askers)
    return phases
  }

  /// Waits until nothing is in flight: an answer that has to be delivered just when the bridge's MAC changes
  /// would heal all containers.
  private func awaitResults(_ askers: [Asker]) throws {
    let patience = options.timeout * 2 + .seconds(5)
    guard try loop.serve(atMost: patience, until: { askers.allSatisfy { $0.inFlight == 0 } }) else {
      throw LabError(
        "lookups didn't end within \(patience)",
        advice: "The machine may be too busy; try again."
      )
    }
  }

  private func change(
    _ summary: String,
    _ actions: [Action],
    _ behaviour: LabResolver.Behaviour?,
    _ host: LabHost,
    _ resolver: LabResolver
  ) throws -> Recording.Phase {
    let start = Timestamp.now()
    if let behaviour { resolver.set(behaviour) }
    for action in actions { try host.perform(action) }
    return Recording.Phase(summary: summary, change: start...max(start, .now()))
  }

  private func receiveVisitors(_ host: LabHost) {
    for visit in script.visits {
      let container = visit.container
      loop.schedule(after: visit.joins) { try host.perform(.join(container)) }
      loop.schedule(after: visit.leaves) {
        try host.perform(.vanish(container: container.name, port: container.portName))
      }
    }
  }

  private func recording(
    _ askers: [Asker],
    _ phases: [Recording.Phase],
    _ files: [Recording.File],
    _ log: LabResolver.Log
  ) -> Recording {
    let truth = RecordingTruth(
      scenario: scenario,
      phases: phases,
      ignored: Set(log.entries.filter { $0.deed == .muted }.map(\.question)),
      margin: Self.margin - .milliseconds(5)
    )
    var (known, leftOut, unexplained) = ([RecordedLookup](), 0, [RecordedLookup]())
    for asker in askers {
      for result in asker.results {
        switch truth.verdict(result, in: asker.container) {
        case .known(let lookup): known.append(lookup)
        case .leftOut: leftOut += 1
        case .unexplained(let lookup): unexplained.append(lookup)
        }
      }
    }
    return Recording(
      scenario: scenario.id,
      timeout: options.timeout,
      files: files,
      phases: phases,
      truth: known.sorted { $0.result.start < $1.result.start },
      leftOut: leftOut,
      unexplained: unexplained
    )
  }
}
