internal import Glibc
internal import LinuxSystem
internal import SystemPackage

/// The reader of standard output went away; there is nobody left to talk to.
struct OutputClosed: Error {}

/// Standard output and standard error.
enum Output {
  /// Writes a result to standard output, or throws `OutputClosed`.
  static func result(_ text: String) throws { try write(text, to: STDOUT_FILENO) }

  /// Writes a message to standard error; if nobody reads it, nothing is lost.
  static func error(_ text: String) { try? write(text, to: STDERR_FILENO) }

  /// Whether standard output is a terminal that wants colour (no-color.org).
  static var isColoured: Bool {
    unsafe isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
  }

  /// Whether standard error is a terminal, so that a line may be written over.
  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func write(_ text: String, to descriptor: Int32) throws {
    do { try Descriptor.writeAll(Array(text.utf8), to: descriptor) } catch {
      if error.errno == .brokenPipe { throw OutputClosed() }
      throw error
    }
  }
}
