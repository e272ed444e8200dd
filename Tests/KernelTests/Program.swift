import LinuxSystem
import Testing

/// Runs other programs inside namespaces.
enum Program {
  struct Failure: Error { let command: String, status: Int32 }

  /// Where a program is, or nil if it isn't installed.
  static func find(_ name: String) -> String? { InstalledProgram.path(of: name) }

  /// Runs a program to its end.
  static func run(_ name: String, _ arguments: [String], in namespace: NetworkNamespace) throws {
    let path = try #require(find(name), "\(name) is not installed")
    try NamespaceThread.run {
      let child = try ChildProcess(path, arguments, in: namespace)
      let loop = try EventLoop()
      var status: Int32?
      func look() {
        status = child.exitStatusIfEnded()
        if status == nil { loop.schedule(after: .milliseconds(1), look) } else { loop.stop() }
      }
      loop.schedule(after: .zero, look)
      try loop.run()
      guard status == 0 else {
        throw Failure(command: ([path] + arguments).joined(separator: " "), status: status ?? -1)
      }
    }
  }

  /// A new namespace whose loopback interface is up.
  static func namespaceWithLoopback() throws -> NetworkNamespace {
    let made = try NetworkNamespace.make()
    try run("ip", ["link", "set", "lo", "up"], in: made)
    return made
  }
}
