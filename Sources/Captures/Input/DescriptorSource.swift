internal import Glibc
internal import LinuxSystem
internal import SystemPackage

/// A file, open as long as this object.
final class FileSource: ByteSource {
  private let file: Descriptor
  private let name: String

  /// Opens a file.
  init(opening path: String) throws(CaptureError) {
    do throws(SystemError) {
      file = try Descriptor(opening: path)
    } catch {
      throw CaptureError(.input, "\(error)")
    }
    name = path
  }

  func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int {
    var source = DescriptorSource(file.rawValue, name: name)
    return try source.read(into: &target, at: place)
  }
}

/// An open file, a pipe, or standard input.
struct DescriptorSource: ByteSource {
  private let descriptor: Int32
  private let name: String

  /// Reads from a descriptor that somebody else keeps open.
  init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  mutating func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int {
    let (descriptor, name) = (descriptor, name)
    while true {
      do throws(SystemError) {
        return try systemCall("read", name) {
          unsafe target.withUnsafeMutableBytes { buffer in
            let tail = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[place...])
            return unsafe Glibc.read(descriptor, tail.baseAddress, tail.count)
          }
        }
      } catch {
        // Whoever shares a pipe may have made it non-blocking.
        guard error.errno == .wouldBlock else { throw CaptureError(.input, "\(error)") }
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&wanted, 1, -1)
      }
    }
  }
}
