internal import ArgumentParser

/// The root command.
struct Kingpost: ParsableCommand {
  /// The program's version.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "kingpost",
    abstract: "Why does container networking on my CI host fail now and then?",
    version: version,
    subcommands: [
      DoctorCommand.self, CompareCommand.self, SnapshotCommand.self, TraceCommand.self, ProveCommand.self,
    ],
    defaultSubcommand: DoctorCommand.self
  )
}
