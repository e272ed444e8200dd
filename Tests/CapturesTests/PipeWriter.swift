import Dispatch
import Glibc
import LinuxSystem
import Synchronization

/// A pipe into which a thread of its own writes pieces, one whenever it is told to.
final class PipeWriter: Sendable {
  /// The end that is read from.
  let reading: Descriptor
  private let writing: Int32
  private let pieces: [[UInt8]]
  /// A semaphore may not go with a smaller value than it began with, so the first permission is given at the start.
  private let permission = DispatchSemaphore(value: 0)
  private let end = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  private struct State {
    var begun = 0
    var isLate = false
  }

  /// The first piece is written at once.
  init(_ pieces: [[UInt8]]) throws {
    var ends: [Int32] = [0, 0]
    try systemCall("pipe") { unsafe pipe(&ends) }
    reading = Descriptor(owning: ends[0])
    writing = ends[1]
    self.pieces = pieces
  }

  /// How many pieces it has begun to write.
  var begun: Int { state.withLock { $0.begun } }
  /// Whether nobody told it to go on until it lost its patience, which spares us a test without end.
  var isLate: Bool { state.withLock { $0.isLate } }

  func start() {
    permission.signal()
    _ = NamespaceThread.start { [self] in
      write()
      end.signal()
    }
  }

  /// Has it write the next piece; after the last one, the pipe's end.
  func goOn() { permission.signal() }

  /// Has it write all pieces without being told more.
  func goOnToEnd() { for _ in pieces { goOn() } }

  /// Waits until all is written.
  func waitForEnd() { end.wait() }

  private func write() {
    let pipe = Descriptor(owning: writing)
    for piece in pieces {
      waitForPermission()
      state.withLock { $0.begun += 1 }
      try? pipe.writeAll(piece)
    }
    waitForPermission()
  }

  private func waitForPermission() {
    if permission.wait(timeout: .now() + 20) == .timedOut { state.withLock { $0.isLate = true } }
  }
}
