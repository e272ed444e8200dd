internal import Observation

/// Reads files and keeps what went wrong.
public struct FileGathering: Sendable {
  /// Where the files are.
  public let tree: any FileTree
  /// What their programs would refuse or ignore.
  public private(set) var mistakes: [ConfigurationMistake] = []
  /// Files and folders that couldn't be read, with why: "PATH: why".
  public private(set) var unreadable: [String] = []

  /// Nothing read yet.
  public init(_ tree: any FileTree) { self.tree = tree }

  /// Notes a mistake.
  public mutating func note(_ file: String, _ line: Int = 0, _ message: String) {
    mistakes.append(ConfigurationMistake(file: file, line: line, message: message))
  }

  /// Notes mistakes.
  public mutating func note(_ found: [ConfigurationMistake]) { mistakes += found }

  /// A file, or nil if there is none or it can't be read, which is kept.
  public mutating func read(_ path: String) -> TreeFile? {
    switch tree.file(at: path) {
    case .value(let file): return file
    case .absent: return nil
    case .unreadable(let reason):
      let line = "\(path): \(reason)"
      if !unreadable.contains(line) { unreadable.append(line) }
      return nil
    }
  }

  /// The names in a folder in the order of their octets; none if there is no such folder or it can't be read.
  public mutating func names(in folder: String) -> [String] {
    switch tree.names(in: folder) {
    case .value(let names): return names.sorted(by: Self.precedes)
    case .absent: return []
    case .unreadable(let reason):
      unreadable.append("\(folder): \(reason)")
      return []
    }
  }

  /// The files with a suffix in several folders, in the order of their names; of those with the same name the one in
  /// the first folder. One that is empty or a link to /dev/null hides those of the same name and is left out.
  ///
  /// `conf_files_list` (systemd, src/basic/conf-files.c), sysctl.d(5), netplan(5).
  public mutating func files(in folders: [String], suffix: String) -> [(path: String, file: TreeFile)] {
    var paths: [String: String] = [:]
    for folder in folders {
      for name in names(in: folder) where name.hasSuffix(suffix) && paths[name] == nil {
        paths[name] = folder + "/" + name
      }
    }
    return paths.sorted { Self.precedes($0.key, $1.key) }.compactMap { _, path in
      guard let file = read(path), !file.isMask else { return nil }
      return (path, file)
    }
  }

  /// strcmp(3)'s order.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
