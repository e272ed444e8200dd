internal import ArgumentParser
internal import LinuxSystem
internal import Observation
internal import Reporting
internal import Sensing

/// `kingpost snapshot`
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Write down the state that doctor reads, without secrets.",
    usage: "kingpost snapshot [<file>] [--output <file>] [<options>]",
    discussion: """
      The snapshot holds the network's state: interfaces, addresses, routes, firewall rules, settings, counters, \
      engines with their networks and containers, and what configures them. It holds no environment variables, \
      commands, label values or credentials. "kingpost doctor FILE" says the same about it as about the host.

      --script prints a shell script that collects the same on a host without Kingpost:
      ssh HOST sh -s < collect.sh | kingpost doctor -
      """
  )

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file, for its owner only; as a whole or not at all.", valueName: "file")
  )
  var output: String?

  @Flag(help: "Replace names and addresses, so that equal ones stay equal and subnets stay subnets.")
  var anonymise = false

  @Option(
    help: ArgumentHelp(
      "With --anonymise: a secret of at least 16 bytes; the same secret, the same replacements.",
      valueName: "file"
    )
  )
  var keyFile: String?

  @Argument(
    help: ArgumentHelp("A snapshot to read instead of this host, or - for standard input.", valueName: "file")
  )
  var input: String?

  @Flag(help: "Print the shell script that collects the same.")
  var script = false

  func validate() throws {
    if keyFile != nil, !anonymise { throw ValidationError("--key-file is for --anonymise.") }
    if script, anonymise || input != nil { throw ValidationError("--script stands alone, but for -o.") }
  }

  func run() throws {
    Ground.letSignalsEnd()
    if script { return try write(CollectorScript.text) }
    try write(try text())
  }

  private func text() throws -> String {
    var source = SnapshotSource.live
    if let input, input != "host" {
      guard let given = SnapshotSource(input) else {
        throw Exit.usage("\(input.harmless): there is no such file.")
      }
      source = given
    }
    let snapshot = try source.snapshot()
    return HarmlessJSON.escaped(try (anonymise ? snapshot.anonymised(try key()) : snapshot).json())
  }

  private func key() throws -> AnonymisationKey {
    guard let keyFile else { return .random() }
    let secret: [UInt8]
    do { secret = try Descriptor(opening: keyFile).readToEnd(subject: keyFile) } catch {
      throw Exit.usage("--key-file: \(error).")
    }
    guard secret.count >= 16 else {
      throw Exit.usage(
        "--key-file \(keyFile.harmless): it has \(secret.count) bytes, and a secret needs 16 or more"
          + " (head -c 32 /dev/urandom > FILE)."
      )
    }
    return AnonymisationKey(secret)
  }

  private func write(_ text: String) throws {
    guard let output, output != "-" else { return try Output.result(text) }
    try WholeFile.write(text, to: output, advice: "leave -o out, and standard output can go anywhere")
  }
}
