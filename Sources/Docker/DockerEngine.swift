internal import FoundationEssentials
public import LinuxSystem
internal import SystemPackage

/// One engine, asked over its socket. It is only ever asked, never told anything.
///
/// The time limit is for all requests together, so that a hanging engine costs no more than that. Requests go out one
/// by one over one connection; an object belongs to one thread.
public final class DockerEngine {
  /// The newest version of the API whose answers are known to mean what is read from them.
  public static let newestKnownAPI = APIVersion(1, 51)

  /// The socket, by the path that leads to it.
  public let socket: String
  private let target: Descriptor
  private let timeLimit: Duration
  private let deadline: ContinuousClock.Instant
  private let bodyLimit: Int
  private var stream: LocalStream?
  private var parser: ResponseParser?
  private var known: EnginePing?

  /// An engine, by its socket's path. Nothing is asked yet, but the time runs.
  ///
  /// - Throws: `.unreachable` if there is nothing at the path, or it may not be looked at.
  public convenience init(
    socket: String,
    timeLimit: Duration = .seconds(2),
    bodyLimit: Int = 16 << 20
  ) throws(DockerError) {
    let target: Descriptor
    do { target = try Descriptor(finding: socket) } catch { throw .unreachable("open", socket, error) }
    self.init(target, socket: socket, timeLimit: timeLimit, bodyLimit: bodyLimit)
  }

  /// An engine, by its socket as found elsewhere (`ProcessRoot.find`); `socket` is what errors call it.
  public init(
    _ target: consuming Descriptor,
    socket: String,
    timeLimit: Duration = .seconds(2),
    bodyLimit: Int = 16 << 20
  ) {
    self.target = target
    self.socket = socket
    self.timeLimit = timeLimit
    self.bodyLimit = bodyLimit
    deadline = .now + timeLimit
  }

  /// What every answer says about the engine: GET /_ping, which costs it nothing.
  public func ping() throws(DockerError) -> EnginePing {
    if let known { return known }
    let answer = try exchange("/_ping")
    guard let ping = EnginePing(apiVersion: answer.header("Api-Version"), server: answer.header("Server"))
    else {
      throw DockerError(
        .malformed,
        request: "GET /_ping",
        socket: socket,
        "it answered, but not as an engine does: the header Api-Version is missing or no version"
      )
    }
    known = ping
    return ping
  }

  /// GET /version. It has the engine start two programs of its own; `ping` says the version too.
  public func version() throws(DockerError) -> EngineVersion { try get("/version") }

  /// GET /info. It takes the engine some milliseconds.
  public func information() throws(DockerError) -> EngineInformation { try get("/info") }

  /// GET /networks
  public func networks() throws(DockerError) -> [DockerNetwork] { try get("/networks") }

  /// GET /containers/json: those that run.
  public func containers() throws(DockerError) -> [DockerContainer] { try get("/containers/json") }

  /// GET /containers/ID/json; nil if there is no such container any more.
  public func container(_ id: String) throws(DockerError) -> DockerContainerState? {
    guard !id.isEmpty, id.utf8.allSatisfy(Self.mayBeInIdentifier) else {
      throw DockerError(
        .malformed,
        request: "GET /containers/json",
        socket: socket,
        "an id that is none: \(id.debugDescription)"
      )
    }
    do { return try get("/containers/\(id)/json") } catch  where error.code == .refused(status: 404) {
      return nil
    }
  }

  private static func mayBeInIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// The newest version of the API that both sides know.
  private func get<Answer: Decodable>(_ path: String) throws(DockerError) -> Answer {
    let version = min(try ping().apiVersion, Self.newestKnownAPI)
    let target = "/v\(version)\(path)"
    let answer = try exchange(target)
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(answer.body))
    } catch {
      let what = (error as? DecodingError)?.summary ?? "\(error)"
      throw DockerError(.malformed, request: "GET \(target)", socket: socket, "unexpected answer: \(what)")
    }
  }

  private func exchange(_ target: String) throws(DockerError) -> ResponseParser.Response {
    let request = "GET \(target)"
    do {
      let answer = try connected(target)
      if !answer.keepsAlive { (stream, parser) = (nil, nil) }
      guard answer.status == 200 else {
        throw DockerError(
          .refused(status: answer.status),
          request: request,
          socket: socket,
          "status \(answer.status)" + EngineMessage.text(answer.body)
        )
      }
      return answer
    } catch let error as DockerError {
      throw error
    } catch let error as SystemError where error.errno == .timedOut {
      (stream, parser) = (nil, nil)
      let message = "no answer within \(timeLimit.inWords)"
      throw DockerError(.timedOut, request: request, socket: socket, message)
    } catch let error as SystemError {
      (stream, parser) = (nil, nil)
      throw .unreachable(request, socket, error)
    } catch ResponseParser.Failure.tooLarge {
      (stream, parser) = (nil, nil)
      throw DockerError(
        .tooLarge,
        request: request,
        socket: socket,
        "the answer has more than \(bodyLimit) octets"
      )
    } catch {
      (stream, parser) = (nil, nil)
      var message = "\(error)"
      if case ResponseParser.Failure.malformed(let what) = error { message = what }
      throw DockerError(.malformed, request: request, socket: socket, message)
    }
  }

  private func connected(_ path: String) throws -> ResponseParser.Response {
    let stream = try stream ?? LocalStream(connectingTo: target, name: socket, deadline: deadline)
    let parser = try parser ?? ResponseParser(bodyLimit: bodyLimit)
    (self.stream, self.parser) = (stream, parser)
    try stream.send(try parser.get(path), deadline: deadline)
    while true {
      let bytes = try stream.receive(deadline: deadline)
      if let answer = try bytes.isEmpty ? parser.end() : parser.take(bytes) { return answer }
    }
  }
}

extension DockerError {
  fileprivate static func unreachable(_ request: String, _ socket: String, _ error: SystemError)
    -> DockerError
  {
    let advice =
      switch error.errno {
      case .permissionDenied: "; it takes root, or membership of the socket's group"
      case .connectionRefused: "; nobody listens there"
      default: ""
      }
    return DockerError(.unreachable, request: request, socket: socket, "\(error.errno)\(advice)")
  }
}

extension Duration {
  /// "2 seconds", "0.5 seconds"
  fileprivate var inWords: String {
    let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
    return seconds == seconds.rounded() ? "\(Int(seconds)) seconds" : "\(seconds) seconds"
  }
}
