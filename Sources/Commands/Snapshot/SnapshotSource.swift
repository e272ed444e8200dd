internal import Glibc
internal import LinuxSystem
internal import Observation
internal import Sensing
internal import SystemPackage

/// Where a host's state comes from.
enum SnapshotSource: CustomStringConvertible {
  /// This machine, now.
  case live
  /// A file.
  case file(String)
  /// Standard input.
  case standardInput

  /// The source that an argument names: `-`, or what is a path by its look (a slash, or .json at the end) or names
  /// a file that exists; nil for anything else.
  init?(_ argument: String) {
    if argument == "-" {
      self = .standardInput
    } else if argument.contains("/") || argument.hasSuffix(".json") || Self.isFile(argument) {
      self = .file(argument)
    } else {
      return nil
    }
  }

  /// As the command line has it.
  var description: String {
    switch self {
    case .live: "host"
    case .file(let path): path.harmless
    case .standardInput: "-"
    }
  }

  /// The state.
  func snapshot() throws -> Snapshot {
    switch self {
    case .live: try LiveHost.snapshot()
    case .file(let path): try Self.parse(try Self.read(path), from: path.harmless)
    case .standardInput: try Self.parse(try Self.readStandardInput(), from: "standard input")
    }
  }

  /// The largest input; a host with a thousand ports makes a few megabytes.
  private static let most = 256 << 20

  private static func read(_ path: String) throws -> [UInt8] {
    do {
      let descriptor = try Descriptor(opening: path)
      var status = stat()
      guard unsafe fstat(descriptor.rawValue, &status) == 0, Int64(status.st_size) <= Int64(most) else {
        throw Exit.usage("\(path.harmless): it is too large for a snapshot (256 MiB at most).")
      }
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw Exit.usage("\(path.harmless): it is a folder, not a snapshot's file.")
      }
      return try descriptor.readToEnd(subject: path)
    } catch let error as SystemError {
      throw Exit.usage("\(path.harmless): \(error.errno).")
    }
  }

  private static func readStandardInput() throws -> [UInt8] {
    if isatty(STDIN_FILENO) == 1 {
      throw Exit.usage(
        "\"-\" reads a snapshot from standard input, which is a terminal: pipe one in, such as"
          + " ssh HOST sh -s < collect.sh | kingpost doctor -"
      )
    }
    let copy = dup(STDIN_FILENO)
    guard copy >= 0 else { throw Exit.usage("standard input is closed.") }
    return try Descriptor(owning: copy).readToEnd(subject: "standard input")
  }

  private static func parse(_ bytes: [UInt8], from name: String) throws -> Snapshot {
    do {
      return try CollectorOutput.isRecognised(bytes)
        ? CollectorOutput.snapshot(bytes) : Snapshot(json: bytes)
    } catch {
      // What it says may repeat what the file holds.
      throw Exit.usage("\(name): \("\(error)".printable).")
    }
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0
  }
}
