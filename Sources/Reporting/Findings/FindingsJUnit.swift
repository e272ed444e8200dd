/// Findings as JUnit XML, as Jenkins and GitLab read it: a test case for each check's result.
///
/// A finding of at least `failOn` is a failure, a lesser one passes with its text in `system-out`; what couldn't be
/// told and what doesn't apply is skipped, with the reason. Nothing is an `error`: that would say that the check
/// itself broke.
public struct FindingsJUnit: Sendable {
  private let document: FindingsDocument
  private let failOn: FindingsDocument.Severity

  /// The results, of which those of at least `failOn` fail.
  public init(_ document: FindingsDocument, failOn: FindingsDocument.Severity) {
    self.document = document
    self.failOn = failOn
  }

  /// The XML document, in ASCII.
  public func render() -> String {
    let header = document.header
    let failures = document.checks.count { isFailure($0) }
    let skipped = document.count(.unknown) + document.count(.notApplicable)
    let counts = [
      ("tests", "\(document.checks.count)"), ("failures", "\(failures)"), ("errors", "0"),
      ("skipped", "\(skipped)"), ("time", "0"),
    ]
    let suite =
      [("name", "kingpost doctor")] + counts
      + [("timestamp", String(document.time.prefix(19))), ("hostname", header.host)]
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites\(XMLText.attributes([("name", "kingpost doctor")] + counts))>",
      "  <testsuite\(XMLText.attributes(suite))>",
      "    <properties>",
    ]
    let properties =
      [
        ("tool", header.tool), ("kernel", header.kernel), ("privileges", header.privileges),
        ("bootId", header.bootId), ("complete", "\(header.complete)"), ("failOn", failOn.rawValue),
        ("scopes", document.scopes.joined(separator: " ")),
      ] + header.blindSpots.map { ("blindSpot", $0) }
    lines += properties.map {
      "      <property\(XMLText.attributes([("name", $0.0), ("value", $0.1)]))/>"
    }
    lines.append("    </properties>")
    lines += cases
    return (lines + ["  </testsuite>", "</testsuites>"]).map { $0 + "\n" }.joined()
  }

  private var cases: [String] {
    // A server tells cases apart by their class and name; two containers of the same name may not become one.
    var seen: [String: Int] = [:]
    var findings = Dictionary(grouping: document.findings) { $0.id + " " + $0.subject }
    return document.checks.flatMap { check in
      var name = XMLText.escaped(check.subject)
      let count = seen[check.id + " " + name, default: 0] + 1
      seen[check.id + " " + name] = count
      if count > 1 { name += " (\(count))" }
      let open =
        "    <testcase classname=\"kingpost.\(XMLText.escaped(check.id))\" name=\"\(name)\" time=\"0\""
      var finding: FindingsDocument.Finding?
      let key = check.id + " " + check.subject
      if check.status == .failed, let first = findings[key]?.first {
        finding = first
        findings[key]?.removeFirst()
      }
      let inner = content(of: check, finding)
      return inner.isEmpty ? [open + "/>"] : [open + ">"] + inner + ["    </testcase>"]
    }
  }

  private func isFailure(_ check: FindingsDocument.Check) -> Bool {
    check.status == .failed && check.severity >= failOn
  }

  private func content(of check: FindingsDocument.Check, _ finding: FindingsDocument.Finding?) -> [String] {
    switch check.status {
    case .passed: return []
    case .unknown: return [skipped("cannot tell: " + check.why)]
    case .notApplicable: return [skipped("doesn't apply: " + check.why)]
    case .failed:
      let body = XMLText.escaped(finding.map { Self.story($0) } ?? check.why, isContent: true)
      if isFailure(check) {
        let attributes = [("message", check.why), ("type", check.severity.rawValue)]
        return ["      <failure\(XMLText.attributes(attributes))>\(body)</failure>"]
      }
      return ["      <system-out>\(body)</system-out>"]
    }
  }

  private func skipped(_ message: String) -> String {
    "      <skipped\(XMLText.attributes([("message", message)]))/>"
  }

  private static func story(_ finding: FindingsDocument.Finding) -> String {
    // Line breaks that come with a value are no lines of ours.
    func flat(_ text: String) -> String { text.replacing("\n", with: "?") }
    var lines = [
      "\(finding.severity.rawValue) \(finding.id) \(flat(finding.subject)) (\(finding.confidence))",
      flat(finding.summary), flat(finding.consequence),
    ]
    lines += finding.evidence.map { "- \(flat($0.source)): \(flat($0.value)) (\(flat($0.meaning)))" }
    for remedy in finding.remedies {
      lines.append((remedy.kind == .runtime ? "Now: " : "For good: ") + flat(remedy.text))
      lines += remedy.commands.map { "    " + flat($0) }
      for file in remedy.files {
        lines += ["    add \(flat(file.path)):"] + file.content.split(separator: "\n").map { "      " + $0 }
      }
    }
    lines.append("More: kingpost doctor --explain \(finding.id)")
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
