internal import CLinux
internal import Glibc
internal import SystemPackage

/// A file system that is mounted nowhere: only this object's descriptor leads to it, so nothing of it is left
/// when the process ends, however it ends (fsopen(2), fsmount(2)).
public final class DetachedMount: Sendable {
  private let root: Descriptor
  private let type: String

  /// Mounts a file system of `type`; sysfs shows the network namespace of the calling thread.
  public init(_ type: String) throws(SystemError) {
    root = Descriptor(owning: try systemCall("fsmount", type) { unsafe kp_mount_detached(type) })
    self.type = type
  }

  /// A namespace's own sysfs: /sys shows the one of whoever mounted it, also after setns(2).
  public static func sysfs(of namespace: NetworkNamespace) throws -> DetachedMount {
    try namespace.perform { try DetachedMount("sysfs") }
  }

  /// A file's text, without trailing white space.
  public func read(_ path: String) throws(SystemError) -> String { try TextFile.read(path, below: root) }

  /// Opens a file.
  public func open(_ path: String) throws(SystemError) -> Descriptor {
    try Descriptor(opening: path, below: root)
  }

  /// The names in a directory, sorted.
  public func list(_ path: String) throws(SystemError) -> [String] {
    try Directory.names(in: Descriptor(opening: path, below: root, options: .directory), path)
  }
}
