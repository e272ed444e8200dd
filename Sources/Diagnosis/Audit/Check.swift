internal import Observation

/// Looks for one cause of the catalogue in a snapshot. Pure: the same snapshot has the same results.
public protocol Check: Sendable {
  /// What it looks for.
  var entry: CatalogueEntry { get }

  /// One result for each subject that was looked at; at least one.
  func examine(_ host: HostView) -> [CheckResult]
}

/// What a check says about one subject.
public struct CheckResult: Hashable, Sendable {
  /// How it went.
  public enum Status: String, Codable, Hashable, Sendable {
    case passed, failed, unknown
    case notApplicable = "not-applicable"
  }

  /// The catalogue's id.
  public let id: String
  /// How bad a failure would be.
  public let severity: Severity
  /// What was looked at.
  public let subject: Subject
  /// How it went.
  public let status: Status
  /// Why it passed, what is missing to tell, or why it doesn't apply.
  public let why: String
  /// What was found, if it failed.
  public let finding: Finding?
}

/// What a check thinks of one subject.
public enum Judgement: Sendable {
  /// It was looked at, and all is well; why.
  case passed(String)
  /// Something is wrong.
  case failed(Finding)
  /// It can't be told; what is missing.
  case unknown(String)
  /// There is nothing to look at; why.
  case notApplicable(String)
}

/// A reading that a check needs and that couldn't be made.
public struct Missing: Error, Hashable, Sendable {
  /// What is missing, and why.
  public let what: String
}

extension Check {
  /// The catalogue's id.
  public var id: String { entry.id }

  /// The result of a judgement.
  func result(_ subject: Subject, _ judgement: Judgement) -> CheckResult {
    let (status, why, finding): (CheckResult.Status, String, Finding?) =
      switch judgement {
      case .passed(let why): (.passed, why, nil)
      case .failed(let finding): (.failed, finding.summary, finding)
      case .unknown(let missing): (.unknown, missing, nil)
      case .notApplicable(let why): (.notApplicable, why, nil)
      }
    return CheckResult(
      id: id,
      severity: finding?.severity ?? entry.severity,
      subject: subject,
      status: status,
      why: why,
      finding: finding
    )
  }

  /// The result of a judgement that is unknown if a reading is missing.
  func result(_ subject: Subject, _ judge: () throws(Missing) -> Judgement) -> CheckResult {
    do { return result(subject, try judge()) } catch { return result(subject, .unknown(error.what)) }
  }

  /// A result for each bridge of the host, for each namespace whose interfaces couldn't be read, and one "not
  /// applicable" if there is no bridge at all.
  func eachBridge(
    of host: HostView,
    _ judge: (BridgeView) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    each(\.bridges, of: host, none: "there is no bridge", subject: \.subject, judge)
  }

  /// A result for each namespace with bridges, and one "not applicable" if there is none.
  func eachNamespace(
    of host: HostView,
    _ judge: (NamespaceView) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    each({ $0.bridges.isEmpty ? [] : [$0] }, of: host, none: "there is no bridge", subject: \.subject, judge)
  }

  /// A result for each container that is connected to a bridge, and one "not applicable" if there is none.
  func eachContainer(
    of host: HostView,
    _ judge: (ContainerView) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    each(
      { $0.bridges.flatMap(\.containers) },
      of: host,
      none: "there is no container on a bridge",
      subject: \.subject,
      judge
    )
  }

  private func each<Part>(
    _ parts: (NamespaceView) -> [Part],
    of host: HostView,
    none: String,
    subject: (Part) -> Subject,
    _ judge: (Part) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    var results: [CheckResult] = []
    for namespace in host.namespaces {
      if case .unreadable(let reason) = namespace.state.links {
        results.append(
          result(namespace.subject, .unknown("the interfaces of \(namespace.state.name): \(reason)"))
        )
      }
      for part in parts(namespace) {
        results.append(result(subject(part)) { () throws(Missing) in try judge(part) })
      }
    }
    return results.isEmpty ? [result(.host, .notApplicable(none))] : results
  }

  /// A finding of this check, at the catalogue's severity unless told otherwise.
  func finding(
    _ subject: Subject,
    severity: Severity? = nil,
    confidence: Confidence = .certain,
    summary: String,
    consequence: String,
    evidence: [Evidence],
    remedies: [Remedy]
  ) -> Judgement {
    .failed(
      Finding(
        id: id,
        severity: severity ?? entry.severity,
        confidence: confidence,
        subject: subject,
        summary: summary,
        consequence: consequence,
        evidence: evidence,
        remedies: remedies
      )
    )
  }
}
