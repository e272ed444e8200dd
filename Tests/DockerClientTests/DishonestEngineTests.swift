import Docker
import Glibc
import LinuxSystem
import Testing

@Suite struct DishonestEngineTests {
  /// The error of asking a server that answers so.
  private func failure(
    limit: Duration = .seconds(2),
    bodyLimit: Int = 1 << 20,
    _ steps: [FakeEngine.Step]
  ) throws -> (error: DockerError, took: Duration) {
    let fake = try FakeEngine { target in
      target == "/_ping" ? [.send(Answer.ok("OK", api: "1.41"))] : steps
    }
    let engine = try DockerEngine(socket: fake.path, timeLimit: limit, bodyLimit: bodyLimit)
    let start = ContinuousClock.now
    do {
      _ = try engine.networks()
    } catch {
      #expect(error.socket == fake.path)
      #expect(error.request == "GET /v1.41/networks")
      return (error, .now - start)
    }
    throw Unexpected()
  }
  struct Unexpected: Error {}

  private func sent(_ text: String) -> FakeEngine.Step { .send(Array(text.utf8)) }

  @Test func `an engine that says nothing is given up after its time`() throws {
    let (error, took) = try failure(limit: .milliseconds(200), [.hang])
    #expect(error.code == .timedOut)
    #expect(error.message == "no answer within 0.2 seconds")
    #expect(took >= .milliseconds(190) && took < .seconds(1))
  }

  @Test func `an engine that stops in the middle of an answer is given up after its time`() throws {
    let (error, _) = try failure(
      limit: .milliseconds(200),
      [sent("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"Id\":"), .hang]
    )
    #expect(error.code == .timedOut)
  }

  @Test func `the time is for all requests together`() throws {
    let fake = try FakeEngine { $0 == "/_ping" ? [.send(Answer.ok("OK", api: "1.41"))] : [.hang] }
    let engine = try DockerEngine(socket: fake.path, timeLimit: .milliseconds(200))
    let start = ContinuousClock.now
    for _ in 0..<5 { #expect(throws: DockerError.self) { try engine.networks() } }
    #expect(.now - start < .seconds(1))
  }

  @Test func `an engine that doesn't even accept is given up after its time`() throws {
    // Nobody accepts, and the queue holds one: the second and later ones have to wait.
    let fake = try FakeEngine(backlog: 0, answer: nil)
    var waiting: [LocalStream] = []
    for _ in 0..<2 {
      if let stream = try? LocalStream(connectingTo: fake.path, deadline: .now + .milliseconds(50)) {
        waiting.append(stream)
      }
    }
    #expect(waiting.count == 1)
    let engine = try DockerEngine(socket: fake.path, timeLimit: .milliseconds(200))
    let start = ContinuousClock.now
    let error = #expect(throws: DockerError.self) { try engine.ping() }
    #expect(error?.code == .timedOut)
    #expect(.now - start < .seconds(1))
  }

  @Test func `a truncated answer is no answer`() throws {
    let (error, _) = try failure([sent("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"Id\":"), .close])
    #expect(error.code == .malformed)
    let (chunked, _) = try failure([
      sent("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n[{\"Id\""), .close,
    ])
    #expect(chunked.code == .malformed)
    let (early, _) = try failure([sent("HTTP/1.1 200"), .close])
    #expect(early.code == .malformed)
    let (none, _) = try failure([.close])
    #expect(none.code == .malformed)
    #expect(none.message == "the answer ended before its head was complete")
  }

  @Test func `an answer without a length ends with the connection`() throws {
    let fake = try FakeEngine { target in
      guard target != "/_ping" else { return [.send(Answer.ok("OK", api: "1.41"))] }
      return [.send(Array("HTTP/1.0 200 OK\r\n\r\n[]".utf8)), .close]
    }
    #expect(try DockerEngine(socket: fake.path).networks().isEmpty)
  }

  @Test func `what isn't HTTP is said to be none`() throws {
    let (error, _) = try failure([sent("SSH-2.0-OpenSSH_9.2\r\n\r\n"), .close])
    #expect(error.code == .malformed)
    #expect(error.message.hasPrefix("it is not HTTP"))
  }

  @Test func `what isn't JSON, or not what was asked for, is said with its place`() throws {
    let (none, _) = try failure([.send(Answer.ok("<html>", api: "1.41"))])
    #expect(none.code == .malformed)
    let (other, _) = try failure([.send(Answer.ok(#"[{"Id":"a","Name":5}]"#, api: "1.41"))])
    #expect(other.message.contains("[0].Name"))
    let (missing, _) = try failure([.send(Answer.ok(#"[{"Name":"a"}]"#, api: "1.41"))])
    #expect(missing.message.contains("Id is missing at [0]"))
  }

  @Test func `an endless answer is cut off`() throws {
    let piece = [UInt8](repeating: UInt8(ascii: " "), count: 4096)
    let length = String(piece.count, radix: 16)
    let chunk = Array("\(length)\r\n".utf8) + piece + Array("\r\n".utf8)
    let head = sent("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    let (error, _) = try failure(
      bodyLimit: 65_536,
      [head] + Array(repeating: .send(chunk), count: 64)
    )
    #expect(error.code == .tooLarge)
    #expect(error.message == "the answer has more than 65536 octets")
  }

  @Test func `an endless head is cut off`() throws {
    let line = Array("X-Filler: \(String(repeating: "x", count: 1000))\r\n".utf8)
    let (error, _) = try failure(
      bodyLimit: 1 << 20,
      [sent("HTTP/1.1 200 OK\r\n")] + Array(repeating: .send(line), count: 20_000)
    )
    #expect(error.code == .malformed || error.code == .tooLarge)
  }

  @Test func `an engine that refuses is quoted in one line`() throws {
    let body = #"{"message":"client version 1.99 is too new.\nMaximum is 1.41"}"#
    let head = "HTTP/1.1 400 Bad Request\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
    let (error, _) = try failure([sent(head + body)])
    #expect(error.code == .refused(status: 400))
    #expect(error.message == "status 400: client version 1.99 is too new. Maximum is 1.41")
  }

  @Test func `a listing with an id that would be another request is refused`() throws {
    let fake = try Recorded.engine()
    let engine = try DockerEngine(socket: fake.path)
    for id in ["", "../../x", "a b", "a\r\nX: y", "a?b"] {
      let error = #expect(throws: DockerError.self) { try engine.container(id) }
      #expect(error?.code == .malformed)
    }
    #expect(fake.requests.isEmpty)
  }

  @Test func `a server that is no engine is recognised`() throws {
    let fake = try FakeEngine { _ in [.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))] }
    let error = #expect(throws: DockerError.self) { try DockerEngine(socket: fake.path).ping() }
    #expect(error?.message.contains("Api-Version is missing") == true)
  }

  @Test func `no socket, and one on which nobody listens, are told apart`() throws {
    let none = #expect(throws: DockerError.self) { try DockerEngine(socket: "/nonexistent/docker.sock") }
    #expect(none?.code == .unreachable)
    #expect(none?.message == "No such file or directory")
    let fake = try FakeEngine(answer: nil)
    let engine = try DockerEngine(socket: "/dev/null")
    let file = #expect(throws: DockerError.self) { try engine.ping() }
    #expect(file?.code == .unreachable)
    #expect(file?.message.contains("nobody listens") == true)
    #expect(!fake.path.isEmpty)
  }
}
