internal import Glibc
internal import LinuxSystem

/// Runs a benchmark, and ends the program: with 1 if a promise isn't kept, with 70 and the error's words if
/// it can't be measured.
package func measure(_ benchmark: () throws -> Bool) -> Never {
  do {
    exit(try benchmark() ? 0 : 1)
  } catch {
    try? Descriptor.writeAll(Array("\(error)\n".utf8), to: STDERR_FILENO)
    exit(70)
  }
}
