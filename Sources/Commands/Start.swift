internal import ArgumentParser
internal import FoundationEssentials
internal import Lab
internal import LinuxSystem
internal import SystemPackage

/// The program from its first statement to its exit code.
public enum Start {
  /// Runs the command that the arguments name, and ends the process.
  ///
  /// Must be the first thing that the process does: a user namespace can only be entered while there is one thread.
  public static func run() -> Never {
    let ground = Ground.prepare(for: Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try Kingpost.parseAsRoot()
      Ground.current = ground
      try command.run()
      Exit.success.end()
    } catch let exit as Exit {
      exit.end()
    } catch {
      Exit(explaining: error).end()
    }
  }
}

/// Why the process ends, by the contract's exit codes.
struct Exit: Error {
  /// The code.
  let code: Int32
  /// What to say on standard error first, if anything.
  let message: String?

  /// Looked and found nothing; proven.
  static let success = Exit(code: 0, message: nil)
  /// Found something; not proven.
  static let found = Exit(code: 1, message: nil)
  /// Cannot tell; ended early.
  static let cannotTell = Exit(code: 2, message: nil)
  /// Interrupted.
  static let interrupted = Exit(code: 130, message: nil)

  /// Not possible here; one line says what is missing and how to get it.
  static func missing(_ message: String) -> Exit { Exit(code: 77, message: message) }
  /// A usage error; one line says what is allowed.
  static func usage(_ message: String) -> Exit { Exit(code: 64, message: message) }

  init(code: Int32, message: String?) {
    self.code = code
    self.message = message
  }

  /// The exit that an error asks for.
  init(explaining error: any Error) {
    switch error {
    case let error as LabError where error.isMissingGround: self = .missing("\(error)")
    case let error as UserNamespace.Refusal: self = .missing("\(error)")
    case is OutputClosed: self = .success
    case let error as SystemError where [.tooManyOpenFiles, .tooManyOpenFilesInSystem].contains(error.errno):
      self = .missing("\(error). Allow more open files (ulimit -n 8192), or make fewer hosts (--hosts).")
    case is ExitCode, is CleanExit: Kingpost.exit(withError: error)
    default:
      // The parser's own errors, help and version among them, know their exit code and their text.
      let code = Kingpost.exitCode(for: error)
      if code == .success { Kingpost.exit(withError: error) }
      if code != .failure {
        // It repeats what was typed, which may hold what a terminal takes for orders.
        Output.error(Kingpost.fullMessage(for: error).printable + "\n")
        Kingpost.exit(withError: code)
      }
      self = Exit(code: 70, message: "internal error: \(error)")
    }
  }

  /// Ends the process.
  func end() -> Never {
    if let message { Output.error("kingpost: \(message)\n") }
    Kingpost.exit(withError: ExitCode(code))
  }
}
