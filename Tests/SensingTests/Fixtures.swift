import Foundation

/// Files of other test targets.
enum Fixtures {
  /// The folder of captures that real programs made.
  static let captures =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "CapturesTests/Fixtures").path + "/"
}
