internal import Diagnosis
internal import Lab
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Statistics

/// Makes the document of an experiment from what was observed.
struct Assembly {
  let configuration: ExperimentConfiguration
  let header: DocumentHeader
  let runs: [(UnitRun, HostObservation)]
  let phases: Experiment.Phases
  /// When the load began; if it never did, when the experiment did.
  let started: Timestamp
  let duration: Double
  let resolver: String
  /// The digests of the names that the resolver ignored, if it did so on purpose.
  let ignored: Set<UInt64>?

  /// One host, and what its failed lookups died of.
  struct Diagnosed {
    let run: UnitRun
    let observation: HostObservation
    let diagnosis: HostDiagnosis
    let attributions: [Attribution]

    /// Whether a lookup began before the last change of the bridge's address and ended after it.
    var hadLookupInFlight: Bool {
      guard let change = observation.bridgeAddressChanges.last else { return false }
      return run.askers.flatMap(\.results).contains {
        $0.start < change && $0.end > change
      }
    }
  }

  func document() -> ExperimentDocument {
    let diagnosed = runs.map(diagnose)
    let counted = diagnosed.filter { $0.run.unit.purpose != .selfHealing }
    let arms = Arm.allCases.map { arm(of: $0, among: counted) }
    let attribution = attribution(
      counted.flatMap(\.attributions),
      failed: arms.reduce(0) { $0 + $1.tally.failed }
    )
    let fault = configuration.fault
    let example = example(among: counted)
    let marks = marks(counted)
    return ExperimentDocument(
      header: header,
      fault: fault.id,
      title: fault.text.title,
      seed: configuration.seed,
      family: configuration.family == .v4 ? "ipv4" : "ipv6",
      started: started.description,
      duration: duration,
      variations: variations,
      topology: topology,
      arms: arms,
      attribution: attribution,
      verdict: VerdictRule(configuration: configuration, isComplete: phases.isLoadComplete)
        .verdict(arms: arms, attribution: attribution, marks: marks),
      selfHealing: selfHealing(diagnosed),
      relief: phases.relief,
      scoring: scoring(counted.flatMap(\.attributions)),
      marks: marks,
      ruledOut: ruledOut(counted, fault: fault),
      failures: counted.flatMap(failures),
      evidence: example?.evidence ?? [],
      timelines: example?.timelines,
      explanation: explanation
    )
  }

  private func diagnose(_ run: UnitRun, _ observation: HostObservation) -> Diagnosed {
    let lookups = run.askers.flatMap { asker in
      asker.results.map { ObservedLookup(container: asker.container, result: $0) }
    }
    let diagnosis = HostDiagnosis(host: observation, lookups: lookups)
    return Diagnosed(
      run: run,
      observation: observation,
      diagnosis: diagnosis,
      attributions: diagnosis.attributions()
    )
  }

  private var variations: [String] {
    var variations: [String] = []
    if configuration.variations.contains(.pinned) {
      variations.append("every bridge had a MAC of its own beforehand")
    }
    if configuration.variations.contains(.withoutChurn) {
      variations.append("nothing joined, left or changed")
    }
    if configuration.muteShare > 0 {
      variations.append(
        "the resolver ignored \(Int((configuration.muteShare * 100).rounded())) % of the requests at random"
      )
    }
    return variations
  }

  private var topology: ExperimentDocument.Topology {
    let place: String =
      switch configuration.fault.topology.resolver {
      case .upstream: "upstream"
      case .container(let name): name
      case .host: "host"
      }
    return ExperimentDocument.Topology(
      name: configuration.fault.topology.name,
      hosts: runs.count,
      containers: configuration.fault.topology.containers,
      resolver: place,
      resolverProgram: resolver
    )
  }

  private func arm(of arm: Arm, among diagnosed: [Diagnosed]) -> ExperimentDocument.Arm {
    let members = diagnosed.filter { $0.run.unit.arm == arm }
    let parts = configuration.fault.parts.enumerated().map { index, part in
      ExperimentDocument.Part(
        name: part.name,
        summary: part.summary,
        isCounted: part.isReached,
        tally: tally(members.filter { $0.run.unit.purpose == .part(index) })
      )
    }
    return ExperimentDocument.Arm(name: arm.rawValue, tally: tally(members), parts: parts)
  }

  private func tally(_ members: [Diagnosed]) -> ExperimentDocument.Tally {
    let results = members.flatMap { $0.run.askers.flatMap(\.results) }
    let failed = results.count { !$0.isAnswered }
    let share = Share(hits: failed, of: results.count)
    return ExperimentDocument.Tally(
      hosts: members.count,
      hostsHit: members.count { $0.run.isHit },
      lookups: results.count,
      failed: failed,
      failureRate: ExperimentDocument.Interval(
        estimate: share?.estimate ?? 0,
        low: share?.low ?? 0,
        high: share?.high ?? 1
      )
    )
  }

  /// A failed lookup that diagnosis has no word about, for whatever reason, is unexplained too.
  private func attribution(
    _ attributions: [Attribution],
    failed: Int
  ) -> ExperimentDocument.Attribution {
    var byCause: [String: Int] = [:]
    for attribution in attributions {
      if let cause = attribution.cause, cause.confidence > .possible {
        byCause[cause.id.rawValue, default: 0] += 1
      }
    }
    let explained = byCause.values.reduce(0, +)
    return ExperimentDocument.Attribution(
      failed: failed,
      explained: explained,
      unexplained: failed - explained,
      byCause: byCause
    )
  }

  private func scoring(_ attributions: [Attribution]) -> ExperimentDocument.Scoring? {
    guard let ignored else { return nil }
    let (lost, others) = (
      attributions.filter { ignored.contains(NameDigest.of($0.lookup.name)) },
      attributions.filter { !ignored.contains(NameDigest.of($0.lookup.name)) }
    )
    return ExperimentDocument.Scoring(
      ignored: lost.count,
      ignoredNamedResolver: lost.count { $0.cause?.id.rawValue == "resolver-mute" },
      others: others.count,
      othersNamedFault: others.count { $0.cause?.id.rawValue == configuration.fault.id }
    )
  }

  /// Only of hosts whose bridge did change its address while a lookup was under way, whatever became of that.
  private func selfHealing(_ diagnosed: [Diagnosed]) -> ExperimentDocument.Healing? {
    let members = diagnosed.filter { $0.run.unit.purpose == .selfHealing && $0.hadLookupInFlight }
    guard !members.isEmpty else { return nil }
    let results = members.flatMap { $0.run.askers.flatMap(\.results) }
    return ExperimentDocument.Healing(
      hosts: members.count,
      healed: members.count { !$0.run.isHit },
      lookups: results.count,
      failed: results.count { !$0.isAnswered }
    )
  }

  private func marks(_ diagnosed: [Diagnosed]) -> [ExperimentDocument.Mark] {
    let hit = diagnosed.filter { $0.run.unit.arm == .fault && $0.run.isHit }
    return configuration.fault.marks.map { mark in
      ExperimentDocument.Mark(
        mark: mark.words,
        hosts: hit.count { mark.isLeft(on: $0.observation) != nil },
        seen: hit.count { mark.isLeft(on: $0.observation) == true }
      )
    }
  }

  private func ruledOut(_ diagnosed: [Diagnosed], fault: Fault) -> [ExperimentDocument.RuledOut] {
    RuledOut.inRun(diagnosed.map(\.diagnosis)).filter { suspect in
      !suspect.ids.contains { $0.rawValue == fault.id }
    }
    .map { suspect in
      ExperimentDocument.RuledOut(
        id: suspect.ids.map(\.rawValue).joined(separator: ", "),
        evidence: suspect.evidence.map(Self.evidence)
      )
    }
  }

  private func failures(of host: Diagnosed) -> [ExperimentDocument.Failure] {
    host.attributions.map { attribution in
      ExperimentDocument.Failure(
        arm: host.run.unit.arm.rawValue,
        part: host.run.unit.part.name,
        host: host.run.unit.number,
        container: attribution.container,
        name: attribution.lookup.name,
        start: attribution.lookup.start.description,
        stage: attribution.stage.rawValue,
        cause: attribution.cause?.id.rawValue,
        confidence: attribution.cause?.confidence.rawValue,
        evidence: attribution.cause?.evidence.map(Self.evidence) ?? []
      )
    }
  }

  private func example(
    among diagnosed: [Diagnosed]
  ) -> (evidence: [ExperimentDocument.Evidence], timelines: ExperimentDocument.Timelines?)? {
    let own = { (attribution: Attribution) in attribution.cause?.id.rawValue == configuration.fault.id }
    let chosen = diagnosed.lazy.compactMap { host in
      (host.attributions.first(where: own) ?? host.attributions.first).map { (host, $0) }
    }.max { !own($0.1) && own($1.1) }
    guard let (host, attribution) = chosen else { return nil }
    let evidence = attribution.cause?.evidence.map(Self.evidence) ?? []
    let lookup = ObservedLookup(container: attribution.container, result: attribution.lookup)
    let timelines = host.diagnosis.comparison(of: lookup).map { TimelineWords.timelines($0, failed: lookup) }
    return (evidence, timelines)
  }

  private static func evidence(_ evidence: Evidence) -> ExperimentDocument.Evidence {
    ExperimentDocument.Evidence(
      time: evidence.time?.description,
      source: evidence.source,
      value: evidence.value,
      meaning: evidence.meaning
    )
  }

  private var explanation: ExperimentDocument.Explanation {
    let text = configuration.fault.text
    let cure = runs.first.map { configuration.fault.cure($0.0.host.plan, configuration.family) } ?? []
    return ExperimentDocument.Explanation(
      story: text.story,
      why: text.why,
      outage: text.outage,
      cure: text.cure,
      commands: cure.map(\.command),
      lasting: text.lasting.map { .init(manager: $0.manager, lines: $0.lines) },
      next: text.next
    )
  }
}
