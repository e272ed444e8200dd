public import Observation

/// Configuration files in memory, for tests and for what was read elsewhere.
public struct MemoryTree: FileTree {
  private var files: [String: Reading<TreeFile>] = [:]
  private var links: [String: String] = [:]

  /// A tree of these texts, by path.
  public init(_ texts: [String: String] = [:]) {
    for (path, text) in texts { self[path] = text }
  }

  /// A file's text; setting nil removes it.
  public subscript(path: String) -> String? {
    get {
      if case .value(let file) = self.file(at: path) {
        String(decoding: file.bytes, as: UTF8.self)
      } else {
        nil
      }
    }
    set { files[path] = newValue.map { .value(TreeFile(bytes: Array($0.utf8), path: path)) } }
  }

  /// Adds a file with its permissions and its owner.
  public mutating func add(_ path: String, _ text: String, permissions: UInt32, owner: UInt32 = 0) {
    files[path] = .value(
      TreeFile(bytes: Array(text.utf8), path: path, permissions: permissions, owner: owner)
    )
  }

  /// Adds a file that can't be read.
  public mutating func add(_ path: String, unreadable reason: String) {
    files[path] = .unreadable(reason: reason)
  }

  /// Adds a symbolic link, relative to its folder or absolute; `/dev/null` is an empty file.
  public mutating func link(_ path: String, to target: String) { links[path] = target }

  /// The names in a folder; absent if there is no such folder.
  public func names(in folder: String) -> Reading<[String]> {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let below = (Array(files.keys) + Array(links.keys)).filter { $0.hasPrefix(prefix) }
    if below.isEmpty { return .absent }
    let names = below.compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
    return .value(Array(Set(names)))
  }

  /// A file, after all links.
  public func file(at path: String) -> Reading<TreeFile> {
    var path = FilePath.normal(path)
    for _ in 0..<40 {
      guard let target = links[path] else { break }
      path = FilePath.normal(target, relativeTo: FilePath.folder(of: path))
    }
    if path == "/dev/null" { return .value(TreeFile(bytes: [], path: path)) }
    return files[path] ?? .absent
  }
}
