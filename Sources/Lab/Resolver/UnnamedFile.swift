internal import Glibc
internal import LinuxSystem
internal import SystemPackage

/// A file that no directory has (O_TMPFILE, open(2)), so that nothing of it stays: children open it by this
/// process's descriptor.
final class UnnamedFile: Sendable {
  private let descriptor: Descriptor

  /// A file with contents, in memory if there is a place for such files.
  init(contents: String = "") throws(SystemError) {
    do {
      descriptor = try Self.open(in: "/dev/shm")
    } catch {
      descriptor = try Self.open(in: "/tmp")
    }
    try descriptor.writeAll(Array(contents.utf8))
  }

  private static func open(in directory: String) throws(SystemError) -> Descriptor {
    try Descriptor(opening: directory, .readWrite, options: FileDescriptor.OpenOptions(rawValue: unnamed))
  }

  /// The corresponding kernel constant is `O_TMPFILE` (`asm-generic/fcntl.h`), which includes `O_DIRECTORY`.
  private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

  /// For a child's standard streams; valid as long as this object.
  var rawDescriptor: Int32 { descriptor.rawValue }

  /// A path for processes of the same user; valid as long as this object.
  var path: String { "/proc/\(getpid())/fd/\(descriptor.rawValue)" }

  /// What the file holds, opened anew so that no position is shared.
  var contents: String { (try? TextFile.read(path)) ?? "" }
}
