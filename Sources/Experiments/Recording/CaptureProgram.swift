internal import Lab
internal import LinuxSystem
internal import SystemPackage

/// A program that records what passes a namespace's interfaces, as long as it is wanted.
final class CaptureProgram {
  private let kind: Recording.Kind
  private let path: String
  private let interfaces: [String]
  private let log: String
  private let child: ChildProcess

  /// Starts the program of a kind, which writes to `path`.ENDING and complains in a file beside it. To be
  /// called on a thread that lasts.
  init(_ kind: Recording.Kind, _ interfaces: [String], in namespace: NetworkNamespace, to path: String) throws
  {
    self.kind = kind
    self.path = "\(path).\(kind.rawValue).\(kind == .ethernet ? "pcapng" : "pcap")"
    self.interfaces = interfaces
    log = "\(path).\(kind.rawValue).log"
    let program = try Self.find(kind.program)
    let errors = try Descriptor(opening: log, .writeOnly, options: [.create, .truncate])
    child = try ChildProcess(
      program,
      kind.arguments(interfaces, to: self.path),
      in: namespace,
      errors: errors.rawValue
    )
  }

  private static func find(_ program: Recording.Kind.Program) throws -> String {
    guard let path = InstalledProgram.path(of: program.name) else {
      throw LabError(
        "\(program.name) is missing",
        advice: "Install it with: apt-get install \(program.package).",
        isMissingGround: true
      )
    }
    return path
  }

  /// Whether it records already: from then on every frame is kept for it.
  func isReady() throws -> Bool {
    try checkThatItRuns()
    return try TextFile.read(log).contains(kind.program.signOfReadiness)
  }

  /// Throws with the program's own words if it has ended by itself.
  private func checkThatItRuns() throws {
    guard let status = child.exitStatusIfEnded() else { return }
    throw LabError(
      "\(kind.program.name) ended by itself with status \(status)",
      advice: "It said: \((try? TextFile.read(log)) ?? "nothing")"
    )
  }

  /// Has it write what it has, and waits until it has ended.
  func end() throws -> Recording.File {
    try checkThatItRuns()
    child.terminate()
    return Recording.File(
      kind: kind,
      path: path,
      interfaces: interfaces,
      lost: kind.lost(accordingTo: try TextFile.read(log))
    )
  }

  /// Ends it, whatever becomes of what it has.
  func abandon() { child.terminate() }
}

extension Recording.Kind {
  /// What records so.
  struct Program {
    /// Its name.
    let name: String
    /// The Debian package that has it.
    let package: String
    /// What it says when its sockets have their filters.
    let signOfReadiness: String
  }

  /// What records so.
  var program: Program {
    switch self {
    case .cooked2, .cooked: Program(name: "tcpdump", package: "tcpdump", signOfReadiness: "listening on ")
    // "Capturing on" comes before.
    case .ethernet: Program(name: "dumpcap", package: "wireshark-common", signOfReadiness: "File: ")
    }
  }

  /// What the program is to be told.
  func arguments(_ interfaces: [String], to path: String) -> [String] {
    let filter = "port 53 or arp or icmp or icmp6"
    // Frames of up to 2048 octets: with more, few fit into the ring.
    switch self {
    case .cooked2, .cooked:
      // Each frame is written as it comes (-U), and stays whose folder it is in (-Z).
      return ["-i", "any", "-y", self == .cooked ? "LINUX_SLL" : "LINUX_SLL2", "-p", "-n", "-U"]
        + ["--immediate-mode", "-s", "2048", "-B", "4096", "-Z", "root", "-w", path, filter]
    case .ethernet:
      return ["-q", "-p", "-s", "2048", "-B", "4", "-f", filter]
        + interfaces.flatMap { ["-i", $0] } + ["-w", path]
    }
  }

  /// How many frames the program says that it lost; nil if it says nothing.
  func lost(accordingTo log: String) -> Int? {
    let lines = log.split(separator: "\n")
    switch self {
    case .cooked2, .cooked:
      func number(_ ending: String) -> Int? {
        lines.first { $0.hasSuffix(ending) }.flatMap { Int($0.dropLast(ending.count)) }
      }
      guard let captured = number(" packets captured"), let received = number(" packets received by filter"),
        let dropped = number(" packets dropped by kernel")
      else { return nil }
      // Some versions count what was dropped among what was received, some don't.
      return max(received - captured, dropped)
    case .ethernet:
      // Packets received/dropped on interface 'br0': 16/1 (pcap:0/dumpcap:0/flushed:1/ps_ifdrop:0) (94.1%)
      let told = lines.filter { $0.hasPrefix("Packets received/dropped on interface") }.compactMap { line in
        line.split(separator: " ").first { $0.contains("/") && $0.first?.isNumber == true }
          .flatMap { $0.split(separator: "/").last }.flatMap { Int($0) }
      }
      return told.isEmpty ? nil : told.reduce(0, +)
    }
  }
}
