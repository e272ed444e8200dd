internal import Glibc
internal import SystemPackage

/// Directories and symbolic links.
public enum Directory {
  /// The names in a directory, sorted.
  public static func names(_ path: String) throws(SystemError) -> [String] {
    try names(in: Descriptor(opening: path, options: .directory), path)
  }

  /// Where a symbolic link leads, as it is written in it (readlink(2)).
  public static func target(of path: String) throws(SystemError) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let room = buffer.count
    let count = try systemCall("readlink", path) { unsafe readlink(path, &buffer, room) }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The inode number of what a path leads to (stat(2)).
  public static func inode(of path: String) throws(SystemError) -> UInt64 {
    var status = stat()
    try systemCall("stat", path) { unsafe stat(path, &status) }
    return UInt64(status.st_ino)
  }

  static func names(in directory: borrowing Descriptor, _ path: String) throws(SystemError) -> [String] {
    let number = directory.rawValue
    let copy = try systemCall("fcntl", path) { fcntl(number, F_DUPFD_CLOEXEC, 3) }
    guard let stream = unsafe fdopendir(copy) else {
      close(copy)
      return []
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
