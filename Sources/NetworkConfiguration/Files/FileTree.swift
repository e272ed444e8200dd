public import Observation

/// Where configuration files are read from: memory, a folder that holds a system, or the machine itself.
///
/// Paths are absolute and mean what they mean to the system that is looked at; symbolic links are followed within it.
public protocol FileTree: Sendable {
  /// The names in a folder, in any order; absent if there is no such folder.
  func names(in folder: String) -> Reading<[String]>
  /// A file; absent if there is none, or a link leads nowhere.
  func file(at path: String) -> Reading<TreeFile>
}

/// A file with what its readers look at.
public struct TreeFile: Hashable, Sendable {
  /// What is in it.
  public let bytes: [UInt8]
  /// Its path after all symbolic links.
  public let path: String
  /// The permission bits (`st_mode & 07777`), if they are known.
  public let permissions: UInt32?
  /// The owner's number, if it is known.
  public let owner: UInt32?

  /// A file.
  public init(bytes: [UInt8], path: String, permissions: UInt32? = nil, owner: UInt32? = nil) {
    self.bytes = bytes
    self.path = path
    self.permissions = permissions
    self.owner = owner
  }

  /// Whether it hides files of the same name in later folders (systemd.unit(5)): it is empty or a link to /dev/null.
  public var isMask: Bool { bytes.isEmpty }
}
