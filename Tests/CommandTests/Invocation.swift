import Foundation
import Testing

/// The built program, run to its end as a user runs it.
struct Invocation {
  /// Its exit code.
  let status: Int32
  let output: String
  let errors: String

  /// The program that was built with the tests, beside the test bundle.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "kingpost").path

  /// Runs the program with these arguments.
  init(_ arguments: String...) throws { try self.init(Self.program, arguments) }

  /// Has a shell run the program, as `$kingpost`.
  init(shell commands: String) throws { try self.init("/bin/sh", ["-c", commands]) }

  /// Runs any program; if nobody `isReading`, whoever should read its output has gone before it starts.
  init(_ path: String, _ arguments: [String], isReading: Bool = true) throws {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ["LANG": "C", "PATH": "/usr/bin:/bin", "kingpost": Self.program]
    let (standardOutput, standardError) = (try TemporaryFile(), try TemporaryFile())
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = isReading ? standardOutput.handle : pipe.fileHandleForWriting
    process.standardError = standardError.handle
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    status = process.terminationStatus
    output = try standardOutput.text()
    errors = try standardError.text()
  }
}

/// A file without limits of a pipe, which is gone when its owner is.
private final class TemporaryFile {
  let handle: FileHandle
  private let path = NSTemporaryDirectory() + "kingpost-" + UUID().uuidString

  init() throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    handle = try FileHandle(forUpdating: URL(filePath: path))
  }

  func text() throws -> String {
    try handle.seek(toOffset: 0)
    return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
