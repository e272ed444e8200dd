internal import ArgumentParser
internal import Experiments
internal import Lab
internal import LinuxSystem
internal import NetworkTypes
internal import Reporting

/// `kingpost prove`
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Reproduce a fault in a disposable lab, explain it, and show that its cure works.",
    discussion: """
      Builds a lab of small container hosts in network namespaces of its own, as any user, and tries the fault on \
      three arms at once: healthy, faulty, and cured beforehand. Nothing on this machine is touched, and nothing is \
      left, however the program ends.

      Exit code: 0 proven, 1 not proven, 2 ended early or undecided, 64 usage, 77 not possible here, 130 interrupted.
      """
  )

  @Argument(help: "The fault's id; see --list.")
  var fault: String?

  @Flag(help: "Describe the faults that can be proven.")
  var list = false

  @Flag(help: "Prove every fault, one after the other, and end in a table.")
  var all = false

  @Flag(
    help: ArgumentHelp(
      "Only ask the checks: which of them fire on hosts without each fault (or the one that is named), with it, and"
        + " after its cure."
    )
  )
  var checks = false

  @Flag(help: "Print a shell script that shows the fault without Kingpost, to send to somebody.")
  var script = false

  @Flag(
    help:
      "Print the JSON Schema of --format json (with --all, of its collection; with --checks, of the matrix)."
  )
  var schema = false

  @Option(help: "Repeat an experiment exactly: assignment, addresses and schedules.")
  var seed: UInt64?

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  @OptionGroup(title: "The experiment")
  var options: ProveOptions

  func validate() throws {
    if all, fault != nil { throw ValidationError("--all proves every fault; leave \(fault ?? "it") out.") }
    if script, all || list { throw ValidationError("--script is for one fault.") }
    if script, checks { throw ValidationError("--script shows a fault by lookups; leave --checks out.") }
    if all, checks { throw ValidationError("--all ends in what --checks shows; leave one of them out.") }
    if let fault {
      guard let chosen = Fault.named(fault) else { throw ValidationError(Self.unknown(fault)) }
      if script, case .checkOnly(let why) = chosen.proof {
        throw ValidationError("No lookup fails that a script could show: \(why) See kingpost prove \(fault).")
      }
    }
    if let fault, Fault.named(fault)?.families.contains(options.family) == false {
      throw ValidationError("\(fault) can't hit lookups over IPv6; leave --ipv6 out.")
    }
    try options.check()
  }

  func run() throws {
    if list { return try Output.result(FaultList.text(Fault.all, format: format)) }
    if schema, checks { return try Output.result(MatrixSchema.text) }
    if schema { return try Output.result(all ? ExperimentSchema.collectionText : ExperimentSchema.text) }
    let chosen = fault.flatMap(Fault.named) ?? .all[0]
    if script { return try Output.result(LabScript.text(for: chosen, family: options.family)) }
    if let refusal = Ground.current?.refusal { throw refusal }
    let seed = seed ?? UInt64.random(in: 1...999_999)
    let home = try Matrix.Home()
    // Where no lookup fails, the checks alone can show a fault.
    if checks || (!all && chosen.isCheckOnly) {
      let matrix = MatrixSession(
        faults: fault == nil ? Fault.all : [chosen],
        home: home,
        seed: seed,
        format: format
      )
      return try NamespaceThread.run { try matrix.run() }
    }
    let session = ProveSession(
      faults: all ? Fault.all.filter { $0.families.contains(options.family) } : [chosen],
      home: home,
      seed: seed,
      options: options,
      format: format
    )
    try NamespaceThread.run { try session.run() }
  }

  private static func unknown(_ id: String) -> String {
    let nearest = Spelling.nearest(to: id, among: Fault.all.map(\.id))
    return "There is no fault \"\(id.harmless)\". "
      + (nearest.isEmpty
        ? "See kingpost prove --list." : "Did you mean \(nearest.joined(separator: " or "))?")
  }
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
