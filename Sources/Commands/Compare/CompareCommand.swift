internal import ArgumentParser
internal import Diagnosis
internal import Observation
internal import Reporting

/// `kingpost compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Tell what differs between two bridges or two snapshots, and why it matters.",
    usage: "kingpost compare <a> <b> [--in <file> ...] [--format <format>]",
    discussion: """
      Two bridges: "compare bridge:docker0 bridge:br-ci" says what ip and brctl don't show, first of all who chose \
      the MAC. With --in the bridges are those of a snapshot; given twice, the second is for the second bridge.

      Two snapshots: "compare good.json host" says what changed since it worked; host is this machine as it is now.

      Names, subnets, ids, counters and timers must differ and are not told.

      Exit code: 0 the same, 1 differences, 64 usage or bad input, 77 not possible here, 130 interrupted.
      """
  )

  @Argument(help: ArgumentHelp("A bridge, a snapshot's file, host, or - for standard input.", valueName: "a"))
  var left: String?

  @Argument(help: ArgumentHelp("The other one.", valueName: "b"))
  var right: String?

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Take the bridges from this snapshot.", valueName: "file")
  )
  var files: [String] = []

  @Option(help: "text or json.")
  var format: OutputFormat = .text

  @Flag(help: "Print the JSON Schema of --format json.")
  var schema = false

  func validate() throws {
    guard let left, let right else {
      if schema { return }
      throw ValidationError("two are compared: give two bridges, or two snapshots (host is this machine).")
    }
    if files.count > 2 { throw ValidationError("--in can be given twice at most.") }
    if [left, right].allSatisfy({ $0 == "-" }) || files == ["-", "-"] {
      throw ValidationError("standard input can be read only once.")
    }
  }

  func run() throws {
    Ground.letSignalsEnd()
    if schema { return try Output.result(ComparisonSchema.text) }
    guard let left, let right else { return }
    let document = try ComparisonRequest(left, right, files: files).document()
    switch format {
    case .json: try Output.result(document.json())
    case .text: try Output.result(ComparisonText(document, isColoured: Output.isColoured).render())
    }
    if !document.differences.isEmpty { throw Exit.found }
  }
}
