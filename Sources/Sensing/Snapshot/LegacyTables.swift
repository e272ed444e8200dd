internal import LinuxSystem
internal import Observation
internal import SystemPackage

/// The tables of the older packet filter (ip_tables), in the calling thread's network namespace.
///
/// Only a namespace that has such tables is asked for them: to ask makes them.
enum LegacyTables {
  /// The tables by "iptables" and "ip6tables".
  ///
  /// - Parameter counters: whether packets and octets are told as well; without them, equal means unchanged.
  static func read(counters: Bool = true) -> [String: Reading<String>] {
    [
      "iptables": read("/proc/thread-self/net/ip_tables_names", "iptables-legacy-save", counters),
      "ip6tables": read("/proc/thread-self/net/ip6_tables_names", "ip6tables-legacy-save", counters),
    ]
  }

  private static let patience = Duration.seconds(2)
  private static let limit = 32 << 20

  private static func read(_ names: String, _ program: String, _ counters: Bool) -> Reading<String> {
    let listed = Reading<String>(attempting: { try TextFile.read(names) })
    switch listed {
    case .absent: return .absent
    case .unreadable(let reason): return .unreadable(reason: reason)
    case .value(let text):
      let tables = text.split(separator: "\n").map(String.init).sorted()
      return tables.isEmpty ? .absent : save(tables, program, counters)
    }
  }

  private static func save(_ tables: [String], _ program: String, _ counters: Bool) -> Reading<String> {
    guard let path = InstalledProgram.path(of: program) else {
      return .unreadable(
        reason:
          "there are legacy tables (\(tables.joined(separator: ", "))), and \(program) to read them is missing;"
          + " install it with: apt-get install iptables"
      )
    }
    do {
      // Whatever the program may want to load, it gets from a command that does nothing.
      let text = try tables.map {
        try ProgramOutput.read(
          path,
          ["-M", "/bin/false"] + (counters ? ["-c"] : []) + ["-t", $0],
          timeout: patience,
          limit: limit
        )
      }
      return .value(text.joined())
    } catch {
      return .unreadable(reason: "\(path): \(error)")
    }
  }
}
