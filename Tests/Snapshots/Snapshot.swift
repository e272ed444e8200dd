internal import FoundationEssentials

/// Output that was looked at once and is compared from then on, in the folder `Snapshots` beside a test.
///
/// With `RECORD_SNAPSHOTS=1` in the environment the output is written there, and every comparison fails all the
/// same, so that a recording never passes for a comparison.
public enum Snapshot {
  /// In which line `text` differs from the snapshot of this name, or nil if it doesn't; `source` is the test's
  /// own file.
  public static func difference(_ text: String, from name: String, beside source: String = #filePath) throws
    -> String?
  {
    let folder = URL(filePath: source).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "\(name) was recorded; look at the difference before you commit it"
    }
    guard let data = try? Data(contentsOf: file) else {
      return "there is no \(file.path); record it with RECORD_SNAPSHOTS=1"
    }
    return firstDifference(lines(of: String(decoding: data, as: UTF8.self)), lines(of: text)).map {
      "\(name), \($0)"
    }
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func firstDifference(_ recorded: [Substring], _ found: [Substring]) -> String? {
    for index in 0..<max(recorded.count, found.count) {
      let (old, new) = (
        index < recorded.count ? recorded[index] : nil, index < found.count ? found[index] : nil
      )
      if old != new {
        return "line \(index + 1)\n- \(old ?? "(the end)")\n+ \(new ?? "(the end)")"
      }
    }
    return nil
  }
}
