internal import Observation
internal import Sensing

/// This machine as it is now.
enum LiveHost {
  /// Looks at it.
  static func snapshot() throws -> Snapshot {
    throw Exit.missing("this build reads snapshots only; give it one's file, or - for standard input.")
  }
}
