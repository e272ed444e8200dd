internal import Glibc
internal import LinuxSystem
public import NetworkConfiguration
public import Observation
internal import SystemPackage

/// Configuration files below a folder that holds a system, such as "/" or an unpacked image.
///
/// Symbolic links are followed as if the folder were the root. Only regular files of limited size are read.
public struct DirectoryTree: FileTree {
  /// No larger file is read, in octets.
  public static let largestFile = 1 << 20
  /// No more names of a folder are read.
  static let mostNames = 65_536

  /// The folder, without a final slash; empty for the machine's own root.
  let root: String

  /// The files below a folder.
  public init(root: String = "/") {
    let normal = FilePath.normal(root)
    self.root = normal == "/" ? "" : normal
  }

  /// The names in a folder; absent if there is no such folder.
  public func names(in folder: String) -> Reading<[String]> {
    attempt { () throws(SystemError) in
      guard let path = try resolve(folder) else { return nil }
      return try list(root + path)
    }
  }

  /// A file, after all links.
  public func file(at path: String) -> Reading<TreeFile> {
    do throws(SystemError) {
      guard let path = try resolve(path) else { return .absent }
      if path == "/dev/null" { return .value(TreeFile(bytes: [], path: path)) }
      let file = try Descriptor(opening: root + path, options: [.nonBlocking])
      var status = stat()
      let descriptor = file.rawValue
      try systemCall("fstat", path) { unsafe fstat(descriptor, &status) }
      guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable(reason: "it is no regular file") }
      guard status.st_size <= Self.largestFile else {
        return .unreadable(reason: "it is larger than \(Self.largestFile) octets")
      }
      return .value(
        TreeFile(
          bytes: try file.readToEnd(subject: path),
          path: path,
          permissions: status.st_mode & 0o7777,
          owner: status.st_uid
        )
      )
    } catch {
      return Self.reading(error)
    }
  }

  /// What a symbolic link says; nil if it is none or can't be read.
  func target(of path: String) -> String? { try? readLink(root + path) }

  private func attempt<Value>(_ body: () throws(SystemError) -> Value?) -> Reading<Value> {
    do throws(SystemError) {
      return try body().map { .value($0) } ?? .absent
    } catch {
      return Self.reading(error)
    }
  }

  private static func reading<Value>(_ error: SystemError) -> Reading<Value> {
    switch error.errno {
    case .noSuchFileOrDirectory, .notDirectory: .absent
    default: .unreadable(reason: "\(error.errno)")
    }
  }

  /// The path after all links, below the root; nil if links lead in a circle.
  private func resolve(_ path: String) throws(SystemError) -> String? {
    var rest = Array(path.split(separator: "/").map(String.init).reversed())
    var done: [String] = []
    var links = 0
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = done.popLast()
        continue
      }
      let here = "/" + (done + [part]).joined(separator: "/")
      guard let target = try readLink(root + here) else {
        done.append(part)
        continue
      }
      links += 1
      if links > 40 { return nil }
      if target.utf8.first == UInt8(ascii: "/") { done = [] }
      rest += target.split(separator: "/").map(String.init).reversed()
    }
    return "/" + done.joined(separator: "/")
  }

  /// A link's target; nil if the path is no link.
  private func readLink(_ path: String) throws(SystemError) -> String? {
    let size = 4096
    var buffer = [CChar](repeating: 0, count: size)
    do throws(SystemError) {
      let count = try systemCall("readlink", path) { unsafe readlink(path, &buffer, size) }
      return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    } catch {
      if error.errno == .invalidArgument { return nil }
      throw error
    }
  }

  private func list(_ path: String) throws(SystemError) -> [String] {
    let directory = try Descriptor(opening: path.isEmpty ? "/" : path, options: [.directory])
    let number = directory.rawValue
    let copy = try systemCall("fcntl", path) { fcntl(number, F_DUPFD_CLOEXEC, 3) }
    guard let stream = unsafe fdopendir(copy) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while names.count < Self.mostNames, let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
