import FoundationEssentials
import Glibc
import LinuxSystem

/// A file that goes when its owner goes.
final class TemporaryFile {
  let path: String
  private let file: Descriptor

  init(_ bytes: [UInt8] = []) throws {
    let path = URL.temporaryDirectory.appending(path: "kingpost-\(UUID().uuidString)").path
    let descriptor = try systemCall("open", path) {
      unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    }
    self.path = path
    file = Descriptor(owning: descriptor)
    try append(bytes)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func append(_ bytes: [UInt8]) throws {
    try file.writeAll(bytes, subject: path)
  }

  /// Makes it shorter, or longer by zeros that take no room.
  func truncate(to size: Int) throws {
    let descriptor = file.rawValue
    try systemCall("ftruncate", path) { ftruncate(descriptor, off_t(size)) }
  }
}
