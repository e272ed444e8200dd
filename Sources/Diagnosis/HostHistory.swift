internal import NetworkTypes
internal import Observation

/// What is known about a host at any moment, from its states and events.
struct HostHistory: Sendable {
  /// How long the news of a change may take from the kernel to the time that an event carries.
  static let lag = Duration.milliseconds(50)
  /// How far a drop's time may lie from that of the frame which was dropped.
  static let dropDistance = Duration.milliseconds(2)

  let host: HostObservation
  let index: SightingIndex
  let bridgeAddress: History<MACAddress>
  let portStates: [InterfaceIndex: History<LinkState.PortState>]
  let uplinkIsUp: History<Bool>
  private let names: [InterfaceIndex: String]
  private let rulesets: [RulesText: Ruleset]
  private let drops: [Event]

  init(_ host: HostObservation) {
    self.host = host
    index = SightingIndex(host.sightings)
    let links = Self.links(states: host.states, events: host.events)
    bridgeAddress = History(
      links.compactMap { time, link in
        link.index == host.bridge ? link.address.map { (time, $0) } : nil
      }
    )
    let ports = Set(links.filter { $0.link.portState != nil }.map(\.link.index))
    var portStates: [InterfaceIndex: History<LinkState.PortState>] = [:]
    for port in ports {
      portStates[port] = History(
        links.compactMap { time, link in
          link.index == port ? link.portState.map { (time, $0) } : nil
        }
      )
    }
    self.portStates = portStates
    uplinkIsUp = History(links.compactMap { $1.index == host.uplink ? ($0, $1.isUp) : nil })
    names = Dictionary(links.map { ($0.link.index, $0.link.name) }, uniquingKeysWith: { $1 })
    let texts = Set(host.states.compactMap(RulesText.init))
    rulesets = Dictionary(uniqueKeysWithValues: texts.map { ($0, $0.ruleset) })
    drops = host.events.filter { if case .drop = $0.kind { true } else { false } }
  }

  /// Every link that was told of, with the time.
  static func links(
    states: [NamespaceState],
    events: [Event]
  ) -> [(time: Timestamp, link: LinkState)] {
    let fromStates = states.flatMap { state in state.links.map { (time: state.time, link: $0) } }
    return fromStates
      + events.compactMap { event in
        if case .link(let link) = event.kind { (time: event.time, link: link) } else { nil }
      }
  }

  /// An interface's name, or its number where the name is not known.
  func name(_ interface: InterfaceIndex) -> String { names[interface] ?? "interface \(interface)" }

  /// The last state before a moment and the first after it.
  func states(around time: Timestamp) -> (before: NamespaceState?, after: NamespaceState?) {
    Self.states(host.states, around: time)
  }

  static func states(
    _ states: [NamespaceState],
    around time: Timestamp
  ) -> (before: NamespaceState?, after: NamespaceState?) {
    let next = states.partitioningIndex { $0.time > time }
    return (next > 0 ? states[next - 1] : nil, next < states.count ? states[next] : nil)
  }

  /// A setting's value in the last state before a moment and in the first after it, if they agree.
  func setting(_ name: String, at time: Timestamp) -> Known<String> {
    known(at: time) { $0.settings[name]?.value }
  }

  /// The ruleset at a moment.
  func ruleset(at time: Timestamp) -> Known<Ruleset> {
    switch known(at: time, RulesText.init) {
    case .unknown: .unknown
    case .held(let text): rulesets[text].map(Known.held) ?? .unknown
    case .changed(let before, let after):
      if let before = rulesets[before], let after = rulesets[after] {
        .changed(before, after)
      } else {
        .unknown
      }
    }
  }

  /// The way of a packet by the routing rules and tables of the last state before a moment; nil if they weren't
  /// read.
  func way(_ query: RouteLookup.Query, at time: Timestamp) -> RouteLookup.Outcome? {
    let (before, after) = states(around: time)
    guard let routing = before?.routing ?? after?.routing else { return nil }
    return RouteLookup(rules: routing.rules, routes: routing.routes, addresses: []).way(query)
  }

  private func known<Value: Equatable>(
    at time: Timestamp,
    _ value: (NamespaceState) -> Value?
  ) -> Known<Value> {
    let (before, after) = states(around: time)
    return switch (before.flatMap(value), after.flatMap(value)) {
    case (let before?, let after?): before == after ? .held(before) : .changed(before, after)
    // At the observation's end there is one state only; it is the nearest word on the matter.
    case (let value?, nil), (nil, let value?):
      before == nil || after == nil ? .held(value) : .unknown
    case (nil, nil): .unknown
    }
  }

  /// How much a counter grew from the last state before a moment to the first after it.
  func growth(of counter: String, around time: Timestamp) -> UInt64? {
    let (before, after) = states(around: time)
    guard let start = before?.counters[counter], let end = after?.counters[counter], end >= start
    else {
      return nil
    }
    return end - start
  }

  /// What the kernel said that it dropped near a moment for a reason, with or without the constant's prefix.
  func drops(_ reason: String, near time: Timestamp) -> [Event] {
    let start = drops.partitioningIndex { $0.time >= time - Self.dropDistance }
    let end = drops.partitioningIndex { $0.time > time + Self.dropDistance }
    return drops[start..<max(start, end)].filter {
      if case .drop(let given, _, _) = $0.kind {
        given == reason || given.hasSuffix("_" + reason)
      } else {
        false
      }
    }
  }
}

/// What two states, before and after a moment, tell about the moment.
enum Known<Value> {
  /// Both say the same.
  case held(Value)
  /// It changed in between, and when isn't known.
  case changed(Value, Value)
  /// It could not be read.
  case unknown

  /// The value, if it is known for the moment.
  var value: Value? { if case .held(let value) = self { value } else { nil } }

  /// What it may have been at the moment.
  var values: [Value] {
    switch self {
    case .held(let value): [value]
    case .changed(let before, let after): [before, after]
    case .unknown: []
    }
  }
}

extension Known: Sendable where Value: Sendable {}
