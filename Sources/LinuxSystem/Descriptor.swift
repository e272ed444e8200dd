internal import CLinux
internal import Glibc
public import SystemPackage

/// A file descriptor that is closed when its owner goes.
public struct Descriptor: ~Copyable, Sendable {
  /// The kernel's number, valid as long as this value lives.
  public let rawValue: Int32

  /// Takes over an open descriptor.
  public init(owning rawValue: Int32) { self.rawValue = rawValue }

  /// Opens a file, close-on-exec.
  public init(
    opening path: String,
    _ access: FileDescriptor.AccessMode = .readOnly,
    options: FileDescriptor.OpenOptions = []
  ) throws(SystemError) {
    rawValue = try systemCall("open", path) {
      unsafe kp_open(path, access.rawValue | options.rawValue, 0o600)
    }
  }

  /// Opens a file below an open directory, close-on-exec.
  public init(
    opening path: String,
    below directory: borrowing Descriptor,
    _ access: FileDescriptor.AccessMode = .readOnly,
    options: FileDescriptor.OpenOptions = []
  ) throws(SystemError) {
    let parent = directory.rawValue
    rawValue = try systemCall("openat", path) {
      unsafe kp_openat(parent, path, access.rawValue | options.rawValue)
    }
  }

  /// Finds what is at a path without opening it (O_PATH): for connecting to a socket, for example.
  public init(finding path: String) throws(SystemError) {
    try self.init(opening: path, options: FileDescriptor.OpenOptions(rawValue: Int32(KP_PATH_ONLY)))
  }

  deinit { Glibc.close(rawValue) }

  /// Everything from the file's current position to its end.
  public borrowing func readToEnd(subject: String = "") throws(SystemError) -> [UInt8] {
    try read(atMost: .max, subject: subject)
  }

  /// What follows the file's current position, to its end or until at least `limit` bytes are read.
  borrowing func read(atMost limit: Int, subject: String) throws(SystemError) -> [UInt8] {
    let source = rawValue
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while contents.count < limit {
      let count = try systemCall("read", subject) {
        unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(source, $0.baseAddress, $0.count) }
      }
      if count == 0 { return contents }
      contents += chunk[..<count]
    }
    return contents
  }

  /// Writes all bytes.
  public borrowing func writeAll(_ bytes: [UInt8], subject: String = "") throws(SystemError) {
    try Self.writeAll(bytes, to: rawValue, subject: subject)
  }

  /// Writes all bytes to a file that somebody else has open, such as standard output.
  public static func writeAll(_ bytes: [UInt8], to sink: Int32, subject: String = "") throws(SystemError) {
    var written = 0
    while written < bytes.count {
      written += try systemCall("write", subject) {
        unsafe bytes.withUnsafeBytes { buffer in
          unsafe Glibc.write(sink, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        }
      }
    }
  }
}
