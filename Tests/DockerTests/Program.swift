import LinuxSystem
import Testing

/// Runs other programs inside namespaces.
enum Program {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Where a program is, or nil if it isn't installed.
  static func find(_ name: String) -> String? { InstalledProgram.path(of: name) }

  /// Runs a program to its end.
  static func run(_ name: String, _ arguments: [String], in namespace: NetworkNamespace) throws {
    let path = try #require(find(name), "\(name) is not installed")
    do {
      _ = try namespace.perform {
        try ProgramOutput.read(path, arguments, timeout: .seconds(10), limit: 1 << 20)
      }
    } catch {
      throw Failure(description: ([path] + arguments).joined(separator: " ") + ": \(error)")
    }
  }
}
