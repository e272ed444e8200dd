internal import Glibc
internal import LinuxSystem
internal import SystemPackage

/// A file that is there as a whole or not at all, and for its owner only.
enum WholeFile {
  /// Writes text, as `write(to:advice:_:)` does.
  static func write(_ text: String, to path: String, advice: String) throws {
    try write(to: path, advice: advice) {
      try Descriptor.writeAll(Array(text.utf8), to: $0, subject: path)
    }
  }

  /// Writes a file with mode 0600: into a file without a name, which gets its name when everything is
  /// written. A file that has the name already is replaced at that moment; anything else that has it is an
  /// error.
  ///
  /// - Parameters:
  ///   - advice: what to do where something has the name that is no file.
  ///   - contents: writes everything to a descriptor; does so twice where files without names can't get one.
  static func write(to path: String, advice: String, _ contents: (Int32) throws -> Void) throws {
    try check(path, advice: advice)
    let (directory, name) = split(path)
    do {
      // A name of its own: two that write at once each replace the file as a whole.
      let temporary = "\(directory)/.\(name.prefix(200)).\(getpid())"
      try write(contents, to: temporary, in: directory)
      do {
        try systemCall("rename", path) { unsafe rename(temporary, path) }
      } catch {
        unsafe unlink(temporary)
        throw error
      }
    } catch let error as SystemError {
      throw Exit.usage("\(path.harmless) was not written: \(error).")
    }
  }

  /// Refuses what has the name and isn't to be replaced, such as a device.
  static func check(_ path: String, advice: String) throws(Exit) {
    var status = stat()
    if unsafe lstat(path, &status) == 0, ![S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) {
      throw .usage("\(path.harmless) exists and is no file; \(advice).")
    }
  }

  private static func write(_ contents: (Int32) throws -> Void, to path: String, in directory: String) throws
  {
    unsafe unlink(path)
    if let file = try? Descriptor(opening: directory, .readWrite, options: .init(rawValue: unnamed)) {
      try contents(file.rawValue)
      try synchronise(file.rawValue, path)
      let linked = unsafe linkat(
        AT_FDCWD,
        "/proc/self/fd/\(file.rawValue)",
        AT_FDCWD,
        path,
        AT_SYMLINK_FOLLOW
      )
      if linked == 0 { return }
    }
    // Some file systems have no files without names.
    let file = try Descriptor(opening: path, .writeOnly, options: [.create, .exclusiveCreate])
    do {
      try contents(file.rawValue)
      try synchronise(file.rawValue, path)
    } catch {
      unsafe unlink(path)
      throw error
    }
  }

  private static func synchronise(_ descriptor: Int32, _ path: String) throws(SystemError) {
    try systemCall("fsync", path) { fsync(descriptor) }
  }

  /// The corresponding kernel constant is `O_TMPFILE` (`asm-generic/fcntl.h`), which includes `O_DIRECTORY`.
  private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

  private static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = String(path[..<slash])
    return (directory.isEmpty ? "/" : directory, String(path[path.index(after: slash)...]))
  }
}
