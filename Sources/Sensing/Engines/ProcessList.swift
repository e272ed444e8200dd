public import LinuxSystem
internal import SystemPackage

/// The processes of the machine at one moment, as far as /proc shows them.
public struct ProcessList: Sendable {
  /// One process.
  public struct Entry: Hashable, Sendable {
    /// The process id as the machine counts.
    public let pid: Int32
    /// The process that started it, or took it over.
    public let parent: Int32
    /// The kernel's short name: at most 15 octets.
    public let name: String
    /// Seconds since the boot at which it started.
    public let started: Double
  }

  /// All, by their ids; without those that have ended and are only waited for.
  public let entries: [Entry]
  private let positions: [Int32: Int]

  /// The given processes.
  public init(_ entries: [Entry]) {
    self.entries = entries
    positions = Dictionary(entries.enumerated().map { ($1.pid, $0) }) { first, _ in first }
  }

  /// Reads /proc. A process that ends meanwhile is left out.
  public static func now() throws(SystemError) -> ProcessList {
    let pids = try Directory.names("/proc").compactMap { Int32($0) }.sorted()
    return ProcessList(
      pids.compactMap { (try? TextFile.read("/proc/\($0)/stat")).flatMap(Entry.init(stat:)) }
    )
  }

  /// A process by its id.
  public subscript(pid: Int32) -> Entry? { positions[pid].map { entries[$0] } }

  /// The processes of this name.
  public func named(_ name: String) -> [Entry] { entries.filter { $0.name == name } }

  /// The processes that this one started.
  public func children(of pid: Int32) -> [Entry] { entries.filter { $0.parent == pid } }

  /// A process's ancestors, the nearest first; the list ends where /proc does, and never runs in circles.
  public func ancestors(of pid: Int32) -> [Entry] {
    var ancestors: [Entry] = []
    var next = self[pid]?.parent
    while let pid = next, ancestors.count < 64, let entry = self[pid] {
      ancestors.append(entry)
      next = entry.parent
    }
    return ancestors
  }
}

extension ProcessList.Entry {
  /// Reads a line of /proc/PID/stat (proc(5)); nil for a process that has ended. The name may hold any character, so
  /// the last parenthesis ends it.
  init?(stat: String) {
    guard let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")"), open < close,
      let pid = Int32(stat[..<open].split(separator: " ").first ?? "")
    else { return nil }
    // The fields from the third on: state, parent, …, and the 22nd: the start in hundredths of a second.
    let fields = stat[stat.index(after: close)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X", let parent = Int32(fields[1]),
      let start = Double(fields[19])
    else { return nil }
    self.init(
      pid: pid,
      parent: parent,
      name: String(stat[stat.index(after: open)..<close]),
      started: start / 100
    )
  }

  /// The words of its command line (/proc/PID/cmdline), the program's name first; none if it can't be read.
  func commandLine() -> [String] {
    guard let text = try? TextFile.read("/proc/\(pid)/cmdline") else { return [] }
    var words = text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
    if words.last?.isEmpty == true { words.removeLast() }
    return words
  }

  /// A namespace that it is in, such as "net", by its inode number; nil if it can't be seen.
  func namespace(_ kind: String) -> String? { Self.namespace(kind, of: "\(pid)") }

  /// A namespace of a process: "self", or a process id.
  static func namespace(_ kind: String, of process: String) -> String? {
    guard let link = try? Directory.target(of: "/proc/\(process)/ns/\(kind)") else { return nil }
    return link.split(separator: "[").last.map { String($0.dropLast()) }
  }

  /// The number in a line of /proc/PID/status, such as "Uid" (the real one), or all for "NSpid".
  func status(_ field: String) -> [Int32] {
    guard let text = try? TextFile.read("/proc/\(pid)/status") else { return [] }
    let line = text.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    return (line ?? "").split(whereSeparator: \.isWhitespace).dropFirst().compactMap { Int32($0) }
  }
}
