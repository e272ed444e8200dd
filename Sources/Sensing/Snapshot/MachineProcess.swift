internal import LinuxSystem
internal import Observation

/// A process as /proc shows it, with the network namespace that it is in.
struct MachineProcess: Sendable {
  let snapshot: ProcessSnapshot
  /// The namespace's inode number; nil if this user may not see it.
  let namespace: UInt64?

  /// All processes; those that end meanwhile are left out.
  static func all() throws -> [MachineProcess] {
    let numbers = try Directory.names("/proc").compactMap { Int32($0) }.sorted()
    return numbers.compactMap { number in
      guard let text = try? TextFile.read("/proc/\(number)/stat"), let process = parse(text) else {
        return nil
      }
      return MachineProcess(
        snapshot: process,
        namespace: try? Directory.inode(of: "/proc/\(number)/ns/net")
      )
    }
  }

  /// /proc/PID/stat: the id, the name in parentheses (which may hold any character, so the last one ends it), and as
  /// the 20th number after the state when it started, in hundredths of a second since the boot. Nil for one that has
  /// ended and is only waited for.
  static func parse(_ text: String) -> ProcessSnapshot? {
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else {
      return nil
    }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard let number = text[..<open].split(separator: " ").first.flatMap({ Int32($0) }), fields.count > 19,
      fields[0] != "Z", fields[0] != "X"
    else { return nil }
    return ProcessSnapshot(
      pid: number,
      name: String(text[text.index(after: open)..<close]),
      started: Double(fields[19]).map { $0 / 100 }
    )
  }
}
