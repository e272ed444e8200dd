internal import CLinux
internal import Glibc
internal import SystemPackage

/// The file system as a process sees it: `/proc/PID/root`, in which links lead to nowhere outside it.
///
/// For what a process in a container says about its files, which may be a lie: only regular files are read, up to a
/// limit, and nothing that blocks.
public struct ProcessRoot: ~Copyable, Sendable {
  private let descriptor: Descriptor
  private let name: String

  /// The root of a process, or of the calling one.
  ///
  /// - Throws: `EACCES` without the right to look into the process (ptrace(2), "ptrace access mode checking").
  public init(of process: Int32?) throws(SystemError) {
    name = process.map { "/proc/\($0)/root" } ?? ""
    descriptor = try Descriptor(
      opening: process == nil ? "/" : name,
      options: FileDescriptor.OpenOptions(rawValue: Int32(KP_PATH_ONLY) | O_DIRECTORY)
    )
  }

  /// A folder as a root, for looking at a copy of a host's files.
  public init(folder: String) throws(SystemError) {
    name = folder
    descriptor = try Descriptor(
      opening: folder,
      options: FileDescriptor.OpenOptions(rawValue: Int32(KP_PATH_ONLY) | O_DIRECTORY)
    )
  }

  /// What is at a path, only to be found (O_PATH): for connecting to a socket.
  public borrowing func find(_ path: String) throws(SystemError) -> Descriptor {
    try open(path, Int32(KP_PATH_ONLY))
  }

  /// A regular file's text.
  ///
  /// - Throws: `ENOENT`, `EFBIG` if it is larger than `limit` octets, `EINVAL` if it is no regular file.
  public borrowing func read(_ path: String, limit: Int = 1 << 20) throws(SystemError) -> String {
    let file = try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let status = try Self.status(of: file, subject: name + path)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw SystemError(operation: "read", subject: name + path, errno: .invalidArgument)
    }
    let bytes = try file.read(atMost: limit + 1, subject: name + path)
    guard bytes.count <= limit else {
      throw SystemError(operation: "read", subject: name + path, errno: .fileTooLarge)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The names in a directory, sorted, without "." and "..".
  public borrowing func list(_ path: String) throws(SystemError) -> [String] {
    let directory = try open(path, O_RDONLY | O_DIRECTORY)
    return try Directory.names(in: directory, name + path)
  }

  /// The device and inode numbers at a path, which tell whether two paths are the same file; nil if there is none.
  public borrowing func identity(_ path: String) -> FileIdentity? {
    guard let found = try? find(path), let status = try? Self.status(of: found, subject: path) else {
      return nil
    }
    return FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  private borrowing func open(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    let root = descriptor.rawValue
    return Descriptor(
      owning: try systemCall("open", name + path) { unsafe kp_open_in_root(root, path, flags) }
    )
  }

  private static func status(of file: borrowing Descriptor, subject: String) throws(SystemError) -> stat {
    var status = stat()
    let number = file.rawValue
    try systemCall("fstat", subject) { unsafe fstat(number, &status) }
    return status
  }
}

/// What makes two paths the same file.
public struct FileIdentity: Hashable, Sendable {
  /// The device that it is on.
  public let device: UInt64
  /// Its number there.
  public let inode: UInt64
}
