internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1

/// HTTP/1.1's client side without I/O: requests become octets, octets become answers (RFC 9112).
final class ResponseParser {
  struct Response {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    /// Whether the connection can be used again.
    let keepsAlive: Bool

    func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  enum Failure: Error {
    case tooLarge
    case malformed(String)
  }

  private let channel = EmbeddedChannel()
  private let bodyLimit: Int
  private var octets = 0
  private var head: HTTPResponseHead?
  private var body: [UInt8] = []

  init(bodyLimit: Int) throws(Failure) {
    self.bodyLimit = bodyLimit
    try guarded {
      try channel.pipeline.syncOperations.addHTTPClientHandlers()
      channel.connect(to: try SocketAddress(unixDomainSocketPath: "/engine"), promise: nil)
    }
  }

  deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

  /// The octets of a GET request.
  func get(_ target: String) throws(Failure) -> [UInt8] {
    (octets, head, body) = (0, nil, [])
    return try guarded {
      let headers: HTTPHeaders = ["Host": "docker", "Accept": "application/json", "User-Agent": "kingpost"]
      let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: target, headers: headers)
      try channel.writeOutbound(HTTPClientRequestPart.head(head))
      try channel.writeOutbound(HTTPClientRequestPart.end(nil))
      var request: [UInt8] = []
      while let part = try channel.readOutbound(as: ByteBuffer.self) { request += part.readableBytesView }
      return request
    }
  }

  /// Takes octets in; the answer once it is complete.
  func take(_ bytes: [UInt8]) throws(Failure) -> Response? {
    octets += bytes.count
    // Chunks of one octet take six; whoever sends more around the body than that doesn't mean it.
    guard octets <= 8 * bodyLimit + 65_536 else { throw .tooLarge }
    _ = try guarded { try channel.writeInbound(ByteBuffer(bytes: bytes)) }
    return try collect()
  }

  /// Takes note that no more octets come; the answer if that completes it.
  func end() throws(Failure) -> Response? {
    try guarded {
      channel.pipeline.fireChannelInactive()
      try channel.throwIfErrorCaught()
    }
    if let response = try collect() { return response }
    let seen = head == nil ? "before its head was complete" : "after \(body.count) octets of its body"
    throw .malformed("the answer ended \(seen)")
  }

  private func collect() throws(Failure) -> Response? {
    while let part = try guarded({ try channel.readInbound(as: HTTPClientResponsePart.self) }) {
      switch part {
      case .head(let head):
        self.head = head
      case .body(let buffer):
        guard body.count + buffer.readableBytes <= bodyLimit else { throw .tooLarge }
        body += buffer.readableBytesView
      case .end:
        guard let head else { throw .malformed("a body without a head") }
        return Response(
          status: Int(head.status.code),
          headers: head.headers.map { ($0.name, $0.value) },
          body: body,
          keepsAlive: head.isKeepAlive
        )
      }
    }
    return nil
  }

  private func guarded<Value>(_ step: () throws -> Value) throws(Failure) -> Value {
    do { return try step() } catch { throw .malformed("it is not HTTP: \(error)") }
  }
}
