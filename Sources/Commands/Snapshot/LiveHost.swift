internal import LinuxSystem
internal import Observation
internal import Sensing

/// This machine as it is now.
enum LiveHost {
  /// Looks at it; whatever couldn't be looked at is unreadable in it, with the reason.
  static func snapshot() throws -> Snapshot {
    do { return try SnapshotSensor.live(tool: "kingpost \(Kingpost.version)") } catch let error as SystemError
    {
      throw Exit.missing(
        "this machine could not be looked at: \(error). It takes /proc; a snapshot's file can be looked at anywhere."
      )
    }
  }
}
