internal import ArgumentParser
internal import Reporting

/// `kingpost trace`
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Follow every DNS request, live or through captures: what became of it, and where it was seen.",
    usage: """
      kingpost trace <file> ... [--write <file.pcapng>] [--timeout <s>] [--format <format>]
      kingpost trace [--on <scope>] ... [--duration <s>] [--follow] [--timeout <s>] [--format <format>]
      """,
    discussion: """
      Without a file, requests are followed as they pass through all interfaces of this host's network namespace, or of \
      those that --on names. Nothing is changed there, and no interface is made promiscuous. It ends after --duration, \
      or with Ctrl-C. It needs CAP_NET_RAW, and root for other namespaces.

      Captures are pcap or pcapng, as they are or compressed by gzip or zstd; - is standard input, also one that is \
      still being written: tcpdump -i any -U -w - 'port 53 or arp' | kingpost trace -. Several files are read as one, \
      in order of time.

      A request and its answer are one journey, over all interfaces and through translation. A request that is sent \
      again is a journey of its own, and so is what a forwarder asks for somebody else.

      ndjson prints each journey as a line as it ends, the answered ones too (kingpost.journey/1).

      Exit code: 0 all were answered, 1 some failed, 2 cannot tell (no request was seen, or a file is damaged and \
      nothing failed in what could be read), 64 usage or no capture, 77 not possible here, 130 interrupted before the \
      capture's end or --duration was over.
      """
  )

  @Argument(help: ArgumentHelp("Captures; - is standard input.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Where to look: host, container:NAME or netns:PATH.", valueName: "scope"))
  var on: [String] = []

  @Option(help: ArgumentHelp("Seconds after which it ends.", valueName: "s"))
  var duration: Double?

  @Flag(help: "Print a line for each failure as it happens, and the totals at the end.")
  var follow = false

  @Option(help: ArgumentHelp("Seconds after which a client has given up.", valueName: "s"))
  var timeout: Double = 5

  @Option(
    help: ArgumentHelp(
      "Write a copy of the captures with a comment on each frame of a failed request, for Wireshark.",
      valueName: "file.pcapng"
    )
  )
  var write: String?

  @Option(help: "text, json or ndjson.")
  var format: Format = .text

  @Flag(help: "Print the JSON Schema of --format json; with --format ndjson, of a line.")
  var schema = false

  /// How the result is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, ndjson }

  func validate() throws {
    if !files.isEmpty, !on.isEmpty || duration != nil || follow {
      throw ValidationError(
        "--on, --duration and --follow are for live traces; captures are read to their end."
      )
    }
    if files.isEmpty, write != nil, !schema {
      throw ValidationError(
        "--write copies captures; of a live trace there is none: capture with tcpdump as well."
      )
    }
    if follow, format != .text {
      throw ValidationError("--follow prints text; --format ndjson prints each journey as it ends.")
    }
    if let duration, !(0.1...31_536_000).contains(duration) {
      throw ValidationError("--duration is 0.1 to 31536000 seconds.")
    }
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("standard input can be read only once.")
    }
    guard timeout >= 0.001, timeout <= 3600 else {
      throw ValidationError("--timeout is 0.001 to 3600 seconds.")
    }
  }

  func run() throws {
    if schema {
      Ground.letSignalsEnd()
      return try Output.result(format == .ndjson ? JourneySchema.text : TraceSchema.text)
    }
    let (document, isInterrupted) = files.isEmpty ? try traceLive() : (try traceFiles(), false)
    for spot in document.header.blindSpots { Output.error("kingpost: \(spot.printable)\n") }
    switch format {
    case .text: try Output.result(TraceText(document, isColoured: Output.isColoured).render())
    case .json: try Output.result(document.json())
    case .ndjson: break
    }
    if isInterrupted { throw Exit.interrupted }
    if document.hasFailures { throw Exit.found }
    if document.totals.requests == 0 || !document.header.complete { throw Exit.cannotTell }
  }

  private func traceFiles() throws -> TraceDocument {
    Ground.letSignalsEnd()
    return try TraceSession(
      files,
      timeout: .seconds(timeout),
      printsLines: format == .ndjson,
      copyPath: write
    ).run()
  }

  /// Whoever gave no duration ends it by a signal, which is no interruption.
  private func traceLive() throws -> (TraceDocument, isInterrupted: Bool) {
    let immediate: TraceLedger.Immediate =
      format == .ndjson ? .lines(judgesAtOnce: true) : follow ? .failures : .nothing
    let trace = try LiveTrace(
      TraceGround.grounds(for: on),
      duration: duration.map { .seconds($0) },
      timeout: .seconds(timeout),
      immediate: immediate
    )
    if duration == nil, Output.isErrorTerminal {
      Output.error("kingpost: following requests; Ctrl-C ends it\n")
    }
    let (document, wasSignalled) = try trace.run(signals: Ground.current?.signals)
    return (document, wasSignalled && duration != nil)
  }
}
