import Glibc
import LinuxSystem
import SystemPackage

/// A program that failed.
struct ProgramFailure: Error, CustomStringConvertible {
  let program: String
  let status: Int32
  var description: String { "\(program) ended with status \(status)" }
}

/// How long a program takes in a namespace, its output thrown away.
func time(_ path: String, _ arguments: [String], in namespace: NetworkNamespace) throws -> Duration {
  let clock = ContinuousClock()
  let start = clock.now
  let child = try ChildProcess(path, arguments, in: namespace)
  while true {
    if let status = child.exitStatusIfEnded() {
      let end = clock.now
      guard status == 0 else { throw ProgramFailure(program: path, status: status) }
      return start.duration(to: end)
    }
    usleep(50)
  }
}

/// The full path of ip(8).
func findIP() throws -> String {
  for path in ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"] where unsafe access(path, X_OK) == 0 {
    return path
  }
  throw ProgramFailure(program: "ip (Debian: iproute2)", status: 127)
}

/// A file of commands for `ip -batch`.
func writeBatch(_ name: String, _ lines: [String]) throws -> String {
  let path = "/tmp/netlink-benchmark-\(getpid())-\(name)"
  let file = try Descriptor(opening: path, .writeOnly, options: [.create, .truncate])
  try file.writeAll(Array((lines.joined(separator: "\n") + "\n").utf8))
  return path
}
