internal import Diagnosis
internal import Lab
internal import NetworkTypes
internal import Observation
internal import Reporting

extension FindingsDocument {
  /// The document of an audit, with the results that belong to the scopes.
  init(_ audit: Audit, scopes: [Scope], filter: ScopeFilter) {
    let snapshot = audit.host.snapshot
    let results = audit.results.filter { filter.contains($0.subject) }
    let findings = audit.findings.filter { filter.contains($0.subject) }.map { Finding($0) }
    let checks = results.map { Check($0) }
    let origin = snapshot.origin
    self.init(
      header: DocumentHeader(origin),
      time: origin.time,
      scopes: scopes.isEmpty ? ["host"] : scopes.map(\.description),
      lookedAt: Self.words(audit.host),
      findings: findings,
      checks: checks,
      next: Self.next(findings: findings, checks: checks, origin)
    )
  }

  /// What was looked at, in numbers.
  private static func words(_ host: HostView) -> [String] {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)" + (number == 1 ? "" : "s") }
    let containers = Set(host.bridges.flatMap(\.containers).map { $0.inside?.id ?? $0.port.name })
    var words = [count(host.bridges.count, "bridge"), count(containers.count, "container")]
    let engines = host.snapshot.engines.filter { $0.process != nil }
    words.append(count(engines.count, "engine"))
    let others = host.namespaces.count - 1
    if others > 0 { words.append(count(others, "other network namespace")) }
    return words
  }

  /// The one command that helps most now.
  private static func next(findings: [Finding], checks: [Check], _ origin: SnapshotOrigin) -> String {
    let isBlind =
      origin.privileges.hasPrefix("uid ") && (!origin.complete || checks.contains { $0.status == .unknown })
    if let worst = findings.first, worst.severity != .info || !isBlind {
      return "kingpost doctor --explain \(worst.id)"
    }
    if isBlind { return "sudo kingpost doctor sees what could not be looked at." }
    if let unknown = checks.first(where: { $0.status == .unknown }) {
      return "kingpost doctor --explain \(unknown.id) says how to look by hand."
    }
    return "kingpost snapshot -o good.json keeps this state, to compare with when it fails."
  }
}

extension DocumentHeader {
  /// The header of what is said about a snapshot.
  init(_ origin: SnapshotOrigin) {
    self.init(
      tool: "kingpost \(Kingpost.version)",
      host: origin.host,
      bootId: origin.bootId,
      kernel: origin.kernel,
      namespace: origin.namespace,
      privileges: origin.privileges,
      complete: origin.complete,
      blindSpots: origin.blindSpots
    )
  }
}

extension FindingsDocument.Severity {
  init(_ severity: Severity) {
    switch severity {
    case .info: self = .info
    case .warning: self = .warning
    case .critical: self = .critical
    }
  }
}

extension FindingsDocument.Check {
  fileprivate init(_ result: CheckResult) {
    let status: FindingsDocument.Status =
      switch result.status {
      case .passed: .passed
      case .failed: .failed
      case .unknown: .unknown
      case .notApplicable: .notApplicable
      }
    self.init(
      id: result.id,
      subject: result.subject.description,
      status: status,
      severity: .init(result.severity),
      why: result.why
    )
  }
}

extension FindingsDocument.Finding {
  fileprivate init(_ finding: Finding) {
    self.init(
      id: finding.id,
      severity: .init(finding.severity),
      confidence: finding.confidence.rawValue,
      subject: finding.subject.description,
      summary: finding.summary,
      consequence: finding.consequence,
      evidence: finding.evidence.map {
        .init(
          source: $0.source,
          value: $0.value,
          meaning: $0.meaning,
          time: $0.time.map { "\($0)" }
        )
      },
      remedies: finding.remedies.map { remedy in
        .init(
          remedy.kind == .runtime ? .runtime : .persistent,
          remedy.text,
          commands: remedy.commands,
          files: remedy.files.map { .init(path: $0.path, content: $0.content) }
        )
      }
    )
  }
}
