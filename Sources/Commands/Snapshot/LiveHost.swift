internal import Observation
internal import Sensing

/// This machine as it is now.
enum LiveHost {
  /// Looks at it; whatever couldn't be looked at is unreadable in it, with the reason.
  static func snapshot() throws -> Snapshot { try SnapshotSensor.live(tool: "kingpost \(Kingpost.version)") }
}
