internal import ArgumentParser
internal import Diagnosis
internal import Reporting

/// `kingpost doctor`, and `kingpost` alone
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for every known cause on this host, or in a snapshot of another.",
    usage: "kingpost doctor [<scope> ...] [<options>]",
    discussion: """
      Reads the state of bridges, containers, engines, routes, firewalls, settings and counters, and says what is \
      wrong, how it is known, and what to type. Nothing is changed, no packet is sent, no module is loaded. As root \
      it sees everything; what it can't see it says.

      A scope is host (the default), bridge:NAME, container:NAME, netns:PATH, engine:SOCKET, a snapshot's file, or - \
      for standard input (a snapshot, or what the script of "kingpost snapshot --script" prints).

      Exit code: 0 nothing found, 1 found something, 2 cannot tell (something critical could not be looked at), \
      64 usage or bad input, 77 not possible here, 130 interrupted.
      """
  )

  @Argument(help: ArgumentHelp("What to look at; all scopes are looked at together.", valueName: "scope"))
  var scopes: [String] = []

  @Option(help: ArgumentHelp("Tell the long story of a cause of the catalogue.", valueName: "id"))
  var explain: String?

  @Flag(help: "List the causes that are looked for.")
  var list = false

  @Option(
    help: ArgumentHelp("Exit with 1 from this severity on: info, warning or critical.", valueName: "severity")
  )
  var failOn: FailOn = .warning

  @Option(help: "text, json or junit; with --explain and --list text or markdown.")
  var format: Format = .text

  @Flag(help: "Print the JSON Schema of --format json.")
  var schema = false

  /// From which severity on findings count.
  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case info, warning, critical

    var severity: FindingsDocument.Severity {
      switch self {
      case .info: .info
      case .warning: .warning
      case .critical: .critical
      }
    }
  }

  /// How results are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit, markdown }

  func validate() throws {
    let tells = explain != nil || list
    if !tells, format == .markdown {
      throw ValidationError("--format markdown is for --explain and --list.")
    }
    if tells, format == .json || format == .junit {
      throw ValidationError("\(list ? "--list" : "--explain") has --format text and markdown.")
    }
    if explain != nil, !scopes.isEmpty {
      throw ValidationError("--explain looks at nothing; leave \(scopes[0].harmless) out.")
    }
  }

  func run() throws {
    Ground.letSignalsEnd()
    if schema { return try Output.result(FindingsSchema.text) }
    if list {
      return try Output.result(
        format == .markdown ? CatalogueMarkdown(Explanation.catalogue).render() : Self.catalogue
      )
    }
    if let explain { return try tell(try Explanation.named(explain)) }
    let request = try ScopeRequest(scopes)
    let audit = Audit(try request.source.snapshot())
    let filter = try ScopeFilter(request, on: audit.host)
    let document = FindingsDocument(audit, scopes: request.scopes, filter: filter)
    switch format {
    case .json: try Output.result(document.json())
    case .junit: try Output.result(FindingsJUnit(document, failOn: failOn.severity).render())
    case .text, .markdown:
      try Output.result(FindingsText(document, isColoured: Output.isColoured).render())
    }
    if let exit = Self.exit(for: document, failOn: failOn.severity) { throw exit }
  }

  /// 1 if something was found, else 2 if something that could be critical is unknown. A user who isn't root doesn't
  /// even see whether there are other namespaces with bridges.
  static func exit(for document: FindingsDocument, failOn: FindingsDocument.Severity) -> Exit? {
    if document.findings.contains(where: { $0.severity >= failOn }) { return .found }
    let isBlind = document.header.privileges.hasPrefix("uid ") && !document.header.complete
    return document.criticalUnknowns.isEmpty && !isBlind ? nil : .cannotTell
  }

  private func tell(_ explanation: Explanation) throws {
    try Output.result(
      format == .markdown
        ? ExplanationMarkdown(explanation).render()
        : ExplanationText(explanation, isColoured: Output.isColoured).render()
    )
  }

  private static var catalogue: String {
    Checks.all.map { "\($0.id)\n    \($0.entry.severity.rawValue): \($0.entry.title)\n" }.joined()
  }
}
