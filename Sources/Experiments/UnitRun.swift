internal import Lab
internal import LinuxSystem
internal import Lookups
internal import NetworkTypes
internal import Observation
internal import Sensing
internal import Statistics

/// One host of a running experiment: what asks in it, what watches it, and what was seen.
final class UnitRun {
  let unit: Unit
  let host: LabHost
  private let configuration: ExperimentConfiguration
  private let loop: EventLoop
  private var generator: SeededGenerator
  private let observer: NamespaceObserver
  private var insiders: [String: NamespaceObserver] = [:]
  private var readers: [String: NamespaceReader] = [:]
  private var states: [NamespaceState] = []
  private var insiderStates: [String: [NamespaceState]] = [:]
  private(set) var askers: [Asker] = []
  private var talkers: [Asker] = []
  /// Whether the change has happened.
  private(set) var hasChanged = false
  /// Whether a counted lookup failed.
  private(set) var isHit = false
  private var failures = 0
  /// Whether the latest counted lookup of a container failed: what the cure has to end. An outage may have ended
  /// by itself before.
  var isInTrouble: Bool { askers.contains { $0.results.last?.isAnswered == false } }
  /// Called with each counted lookup that ended.
  var onResult: (UnitRun, LookupResult) -> Void = { _, _ in }

  init(_ unit: Unit, host: LabHost, configuration: ExperimentConfiguration, loop: EventLoop) throws {
    self.unit = unit
    self.host = host
    self.configuration = configuration
    self.loop = loop
    generator = SeededGenerator(seed: configuration.seed ^ UInt64(unit.number + 1) << 32)
    observer = try NamespaceObserver(host.namespace, on: loop)
    for name in unit.part.askers where host.containers[name] != nil { try addAsker(name) }
  }

  private func addAsker(_ name: String) throws {
    askers.append(try asker(in: name) { [weak self] result in self?.ended(result, in: name) })
  }

  private func asker(in name: String, onResult: @escaping (LookupResult) -> Void) throws -> Asker {
    guard let container = host.containers[name],
      let server = configuration.fault.topology.resolverAddress(configuration.family, in: host.plan)
    else {
      throw LabError("container \(name) can't ask", advice: "This is a defect in the fault's definition.")
    }
    var options = NamespaceObserver.Options()
    options.capturesFrames = false
    insiders[name] = try NamespaceObserver(container.namespace, on: loop, options)
    let client = LookupClient(
      on: loop,
      in: container.namespace,
      sockets: .perLookup,
      seed: generator.next()
    )
    let asker = Asker(
      name,
      client: client,
      loop: loop,
      server: SocketAddress(server, port: 53),
      interval: .seconds(1 / configuration.rate),
      timeout: configuration.timeout,
      suffix: "\(name).h\(unit.number).kingpost.test"
    )
    asker.onResult = onResult
    return asker
  }

  /// A failed lookup is the moment to ask what the container believes about its gateway.
  private func ended(_ result: LookupResult, in container: String) {
    if !result.isAnswered {
      isHit = true
      failures += 1
      if failures % 10 == 1, let state = try? insiders[container]?.state(includesRuleset: false) {
        insiderStates[container, default: []].append(state)
      }
    }
    onResult(self, result)
  }

  /// Makes the fault beforehand, and cures it on hosts of the cured arm.
  func prepare() throws {
    guard unit.arm != .baseline else { return }
    let fault = configuration.fault
    if fault.onset == .beforehand || unit.arm == .cure {
      for action in fault.apply(host.plan, configuration.family) { try host.perform(action) }
    }
    if unit.arm == .cure { try cure() }
  }

  /// Gives the host the cure.
  func cure() throws {
    for action in configuration.fault.cure(host.plan, configuration.family) { try host.perform(action) }
  }

  /// How many lookups are under way.
  var inFlight: Int { askers.reduce(0) { $0 + $1.inFlight } }

  /// Begins the load, and schedules what is to happen in its course.
  func start(changeAfter delay: Duration) throws {
    for asker in askers {
      asker.start(after: .seconds(Double.random(in: 0..<1 / configuration.rate, using: &generator)))
    }
    if !configuration.variations.contains(.withoutChurn) {
      try receiveVisitors(before: delay)
    }
    loop.schedule(after: delay) { [weak self] in try self?.change(waitedSince: .now) }
  }

  /// Harmless churn: ports with great link addresses join and leave, as most builds' ports do.
  private func receiveVisitors(before change: Duration) throws {
    let greatest = host.plan.containers.map(\.portAddress).max() ?? .zero
    let quarter = change / 4
    let churn = Churn(linkAddresses: .above(greatest), lifetime: quarter...quarter, pause: quarter...quarter)
    let visits = churn.visits(within: change / 2, in: configuration.fault.topology, using: &generator)
    for visit in visits {
      let container = visit.container
      loop.schedule(after: visit.joins) { [weak self] in try self?.host.perform(.join(container)) }
      loop.schedule(after: visit.leaves) { [weak self] in
        try self?.host.perform(.vanish(container: container.name, port: container.portName))
      }
    }
  }

  /// The disturbance, the same in all arms, and the fault if it comes now. Nothing is in flight meanwhile: an
  /// answer that has to be delivered just then would heal the whole bridge.
  private func change(waitedSince start: ContinuousClock.Instant) throws {
    for asker in askers { asker.pause() }
    if unit.purpose == .selfHealing { return try changeInFlight() }
    if inFlight > 0, start.duration(to: .now) < .milliseconds(300) {
      loop.schedule(after: .milliseconds(5)) { [weak self] in try self?.change(waitedSince: start) }
      return
    }
    try disturb()
    loop.schedule(after: .milliseconds(20)) { [weak self] in self?.resume() }
  }

  /// The same with answers in flight, which the resolver holds back for most of what a lookup waits.
  private func changeInFlight() throws {
    let held = configuration.timeout * 0.7
    let label = "d\(Int(held.inSeconds * 1000))"
    for asker in askers { for _ in 0..<3 { asker.ask(label: label) } }
    // In the same breath: sending takes a request all the way to the resolver's socket, and on a busy machine the
    // loop might come back only after the answers.
    try disturb()
    loop.schedule(after: held + .milliseconds(50)) { [weak self] in self?.resume() }
  }

  private func disturb(beginsLoad: Bool = true) throws {
    let fault = configuration.fault
    if !configuration.variations.contains(.withoutChurn) {
      let known = Set(host.containers.keys)
      for action in unit.part.disturbance(host.plan, &generator) { try host.perform(action) }
      if unit.arm == .fault, fault.onset == .atTheChange {
        for action in fault.apply(host.plan, configuration.family) { try host.perform(action) }
      }
      for name in unit.part.askers where host.containers[name] != nil && !known.contains(name) {
        try addAsker(name)
        if beginsLoad { askers.last?.start(after: .zero) }
      }
      hasChanged = true
    }
    for name in unit.part.talkers {
      let talker = try asker(in: name) { _ in }
      if beginsLoad { talker.start(after: .zero) }
      talkers.append(talker)
    }
    try takeStates()
  }

  /// The disturbance and the fault without a load: nothing that asked is waited for, nobody begins to ask.
  func changeAtOnce() throws { try disturb(beginsLoad: false) }

  /// All that ask, those too that aren't counted.
  var everybody: [Asker] { askers + talkers }

  private func resume() { for asker in askers { asker.resume() } }

  /// Ends the load.
  func stop() { for asker in askers + talkers { asker.stop() } }

  /// Reads the state of the host and of its containers.
  func takeStates() throws {
    let settings = Self.settings + ["net.ipv4.conf.\(host.plan.uplink.name).rp_filter"]
    states.append(try observer.state(settings: settings, includesRuleset: true))
    for (name, container) in host.containers {
      let reader = try readers[name] ?? NamespaceReader(container.namespace)
      readers[name] = reader
      insiderStates[name, default: []].append(try reader.read(includesRuleset: false))
    }
  }

  private static let settings = [
    "net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.bridge.bridge-nf-call-iptables",
    "net.bridge.bridge-nf-call-ip6tables", "net.ipv4.conf.all.rp_filter",
  ]

  /// What was seen in the host's namespace so far.
  func record() throws -> NamespaceObserver.Record { try observer.record() }

  /// All that was observed; `drops` are the kernel's drops on this host.
  func observation(_ record: NamespaceObserver.Record, drops: [Event]) throws -> HostObservation {
    let containers = try host.containers.values.sorted { $0.port < $1.port }.map { container in
      let name = container.plan.name
      return HostObservation.Container(
        name: name,
        addresses: container.plan.addresses.map(\.address),
        linkAddress: container.plan.address,
        port: container.port,
        states: insiderStates[name] ?? [],
        events: try insiders[name]?.record().events ?? []
      )
    }
    return HostObservation(
      bridge: host.bridge,
      uplink: host.uplink,
      subnets: host.plan.subnets,
      gateways: host.plan.bridge.gateways.map(\.address),
      states: states,
      events: (record.events + drops).sorted { $0.time < $1.time },
      sightings: record.sightings,
      sightingsLost: record.sightingsLost,
      containers: containers
    )
  }
}
