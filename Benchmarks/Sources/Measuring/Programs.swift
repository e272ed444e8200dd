internal import Glibc
package import LinuxSystem
internal import SystemPackage

/// A program that failed.
package struct ProgramFailure: Error, CustomStringConvertible {
  let program: String
  let status: Int32
  let words: String

  /// A failure with its exit status, and what the program said.
  package init(program: String, status: Int32, words: String = "") {
    self.program = program
    self.status = status
    self.words = words
  }

  /// One line, and the program's own.
  package var description: String {
    "\(program) ended with status \(status)" + (words.isEmpty ? "" : ":\n\(words)")
  }
}

/// How long a program takes in a namespace, its output thrown away.
package func time(
  _ path: String,
  _ arguments: [String],
  in namespace: NetworkNamespace
) throws -> Duration {
  let clock = ContinuousClock()
  let start = clock.now
  let status = try ChildProcess(path, arguments, in: namespace).waitForEnd()
  let end = clock.now
  guard status == 0 else { throw ProgramFailure(program: path, status: status) }
  return start.duration(to: end)
}

/// The full path of a program, such as ip(8).
///
/// - Parameter package: The Debian package that has it.
package func find(_ name: String, package: String) throws -> String {
  for directory in ["/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/"]
  where unsafe access(directory + name, X_OK) == 0 { return directory + name }
  throw ProgramFailure(program: "\(name) (Debian: \(package))", status: 127)
}

/// A file for another program; to be unlinked by the caller.
package func writeFile(_ name: String, _ lines: [String]) throws -> String {
  let path = "/tmp/kingpost-benchmark-\(getpid())-\(name)"
  let file = try Descriptor(opening: path, .writeOnly, options: [.create, .truncate])
  try file.writeAll(Array((lines.joined(separator: "\n") + "\n").utf8))
  return path
}

/// The argument that says how many rounds there are to be; ends the program if it isn't one.
package func roundsAskedFor(default count: Int) -> Int {
  let arguments = CommandLine.arguments
  guard let rounds = Int(arguments.dropFirst().first ?? "\(count)"), (1...1_000).contains(rounds) else {
    print("usage: \(arguments.first ?? "") [ROUNDS], of which there may be 1 to 1000")
    exit(64)
  }
  return rounds
}
