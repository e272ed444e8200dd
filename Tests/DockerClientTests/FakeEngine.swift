import FoundationEssentials
import Glibc
import LinuxSystem
import Synchronization
import Testing

/// A server on a local socket that answers as it is told, for one engine's client.
final class FakeEngine: Sendable {
  /// What it does once it has read a request.
  enum Step: Sendable {
    /// Sends octets.
    case send([UInt8])
    /// Ends the connection.
    case close
    /// Says nothing more, and keeps the connection.
    case hang
  }

  let path: String
  private let folder: URL
  private let listener: Int32
  private let accepted = Mutex<[Int32]>([])
  private let seen = Mutex<[String]>([])

  /// The requests' targets, in their order.
  var requests: [String] { seen.withLock { $0 } }

  /// Listens, and answers each request with the steps that `answer` gives for its target.
  init(backlog: Int32 = 16, answer: (@Sendable (String) -> [Step])?) throws {
    folder = URL.temporaryDirectory.appending(path: "kingpost-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "engine.sock").path
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    listener = socket
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    try systemCall("bind", path) {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe Glibc.bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
    try systemCall("listen", path) { Glibc.listen(socket, backlog) }
    guard let answer else { return }
    _ = NamespaceThread.start { [weak self] in
      while true {
        let connection = Glibc.accept(socket, nil, nil)
        guard connection >= 0, let self else { return }
        self.accepted.withLock { $0.append(connection) }
        self.serve(connection, answer)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
    for connection in accepted.withLock({ $0 }) { Glibc.close(connection) }
    try? FileManager.default.removeItem(at: folder)
  }

  private func serve(_ connection: Int32, _ answer: @Sendable (String) -> [Step]) {
    while let target = Self.nextTarget(connection) {
      seen.withLock { $0.append(target) }
      for step in answer(target) {
        switch step {
        case .send(let bytes):
          var rest = bytes[...]
          while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
              unsafe Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
          }
        case .close:
          shutdown(connection, Int32(SHUT_RDWR))
          return
        case .hang: return
        }
      }
    }
  }

  /// The target of the next request, read to its empty line; nil at the end.
  private static func nextTarget(_ connection: Int32) -> String? {
    var head = ""
    var byte: UInt8 = 0
    while !head.hasSuffix("\r\n\r\n") {
      guard unsafe recv(connection, &byte, 1, 0) == 1 else { return nil }
      head.unicodeScalars.append(Unicode.Scalar(byte))
    }
    return head.split(separator: " ").dropFirst().first.map(String.init)
  }
}

/// The recorded answers.
enum Recorded {
  static func answer(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: name + ".http")))
  }

  /// An engine that answers as the recorded one did. The recorder asked for the connection to be closed.
  static func engine() throws -> FakeEngine {
    var answers: [String: [UInt8]] = ["/_ping": try answer("ping")]
    for name in ["version", "info", "networks"] { answers["/v1.41/\(name)"] = try answer(name) }
    answers["/v1.41/containers/json"] = try answer("containers")
    answers["/v1.41/containers/controller/json"] = try answer("container-controller")
    let missing = try answer("no-such-container")
    let known = answers
    return try FakeEngine { [.send(known[$0] ?? missing), .close] }
  }
}
