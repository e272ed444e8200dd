internal import ArgumentParser
internal import Reporting

/// `kingpost trace`
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Follow every DNS request through captures: what became of it, and where it was seen.",
    usage: "kingpost trace <file> ... [--timeout <s>] [--format <format>]",
    discussion: """
      Captures are pcap or pcapng, as they are or compressed by gzip or zstd; - is standard input, also one that is \
      still being written: tcpdump -i any -U -w - 'port 53 or arp' | kingpost trace -. Several files are read as one, \
      in order of time.

      A request and its answer are one journey, over all interfaces and through translation. A request that is sent \
      again is a journey of its own, and so is what a forwarder asks for somebody else.

      ndjson prints each journey as a line as it ends, the answered ones too (kingpost.journey/1).

      Exit code: 0 all were answered, 1 some failed, 2 cannot tell (no request was seen, or a file is damaged and \
      nothing failed in what could be read), 64 usage or no capture, 77 not possible here, 130 interrupted.
      """
  )

  @Argument(help: ArgumentHelp("Captures; - is standard input.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Seconds after which a client has given up.", valueName: "s"))
  var timeout: Double = 5

  @Option(help: "text, json or ndjson.")
  var format: Format = .text

  @Flag(help: "Print the JSON Schema of --format json; with --format ndjson, of a line.")
  var schema = false

  /// How the result is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

  func validate() throws {
    if files.isEmpty, !schema {
      throw ValidationError("which capture? Give a file, or - for standard input.")
    }
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("standard input can be read only once.")
    }
    guard timeout >= 0.001, timeout <= 3600 else {
      throw ValidationError("--timeout is 0.001 to 3600 seconds.")
    }
  }

  func run() throws {
    Ground.letSignalsEnd()
    if schema { return try Output.result(format == .ndjson ? JourneySchema.text : TraceSchema.text) }
    var session = TraceSession(files, timeout: .seconds(timeout), printsLines: format == .ndjson)
    let document = try session.run()
    for spot in document.header.blindSpots { Output.error("kingpost: \(spot.printable)\n") }
    switch format {
    case .text: try Output.result(TraceText(document, isColoured: Output.isColoured).render())
    case .json: try Output.result(document.json())
    case .ndjson: break
    }
    if document.hasFailures { throw Exit.found }
    if document.totals.requests == 0 || !document.header.complete { throw Exit.cannotTell }
  }
}
