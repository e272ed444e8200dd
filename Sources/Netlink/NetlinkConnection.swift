public import LinuxSystem
internal import NetlinkCodec
internal import SystemPackage
internal import WireFormat

/// Questions and orders to the kernel's routing subsystem (rtnetlink(7)), each answered before the call
/// returns; `FlowTable` speaks to netfilter by one.
///
/// A connection belongs to one network namespace, whatever namespace the calling thread is in, and to one
/// thread at a time.
public final class NetlinkConnection {
  let socket: NetlinkSocket
  private var lastSequence: UInt32 = 0

  /// How often a listing that changed meanwhile is read again.
  static let dumpAttempts = 20

  /// Connects to a namespace, or to the calling thread's.
  public convenience init(in namespace: NetworkNamespace? = nil) throws {
    try self.init(in: namespace, of: .routing)
  }

  /// Connects to a subsystem of a namespace.
  init(in namespace: NetworkNamespace?, of subsystem: NetlinkSubsystem) throws {
    socket = try NetlinkSocket(in: namespace, of: subsystem)
  }

  /// What a request is about, for errors.
  struct Purpose {
    let operation: String
    let subject: () -> String
    init(_ operation: String, _ subject: @escaping @autoclosure () -> String) {
      self.operation = operation
      self.subject = subject
    }

    func error(_ code: NetlinkError.Code, _ errno: Errno) -> NetlinkError {
      NetlinkError(code, operation: operation, subject: subject(), errno: errno)
    }

    func error(_ answer: ExtendedAcknowledgement) -> NetlinkError {
      NetlinkError(
        .refused,
        operation: operation,
        subject: subject(),
        errno: Errno(rawValue: 0 &- answer.error),
        message: answer.message,
        offset: answer.attributeOffset.map(Int.init)
      )
    }
  }

  /// Writes one request, whose number is the returned one.
  func write(
    _ type: NetlinkMessageType,
    _ flags: NetlinkFlags,
    to writer: inout ByteWriter,
    for purpose: Purpose,
    _ contents: (inout ByteWriter) throws(WireError) -> Void
  ) throws(NetlinkError) -> UInt32 {
    lastSequence &+= 1
    let header = NetlinkHeader(type: type, flags: flags.union(.request), sequence: lastSequence)
    do {
      try writer.writeNetlinkMessage(header, contents)
    } catch {
      throw purpose.error(.malformed(error), .messageTooLong)
    }
    return lastSequence
  }

  func send(_ writer: ByteWriter, for purpose: Purpose) throws(NetlinkError) {
    do { try socket.send(writer.bytes) } catch { throw purpose.error(.socket, error.errno) }
  }

  /// Receives once; calls `body` with each message that answers a request of this socket.
  func receive(
    for purpose: Purpose,
    _ body: (NetlinkHeader, inout ByteReader) throws(WireError) -> Void
  ) throws(NetlinkError) {
    let arrival: NetlinkSocket.Arrival
    do { arrival = try socket.receive() } catch { throw purpose.error(.socket, error.errno) }
    guard case .messages(let count) = arrival else { throw purpose.error(.overrun, .noBufferSpace) }
    let buffer = socket.buffer
    var reader = ByteReader(buffer.span.extracting(0..<count))
    do throws(WireError) {
      try reader.forEachNetlinkMessage { (header, payload) throws(WireError) in
        if header.port == socket.port { try body(header, &payload) }
      }
    } catch {
      throw purpose.error(.malformed(error), .badMessage)
    }
  }

  /// Makes one request and waits for its acknowledgement; `answer` is called with what comes before it.
  func perform(
    _ type: NetlinkMessageType,
    _ flags: NetlinkFlags = [],
    for purpose: Purpose,
    _ contents: (inout ByteWriter) throws(WireError) -> Void,
    answer: (NetlinkHeader, inout ByteReader) throws(WireError) -> Void = { _, _ in }
  ) throws(NetlinkError) {
    var writer = ByteWriter()
    let sequence = try write(type, flags.union(.acknowledge), to: &writer, for: purpose, contents)
    try send(writer, for: purpose)
    var outcome: ExtendedAcknowledgement?
    while outcome == nil {
      try receive(for: purpose) { (header, payload) throws(WireError) in
        guard header.sequence == sequence else { return }
        if header.type == .error {
          outcome = try ExtendedAcknowledgement(&payload, flags: header.flags)
        } else {
          try answer(header, &payload)
        }
      }
    }
    if let outcome, outcome.error != 0 { throw purpose.error(outcome) }
  }

  /// Lists all objects of a kind, again if they changed while they were listed.
  func dump<Object>(
    _ type: NetlinkMessageType,
    of answerType: NetlinkMessageType,
    for purpose: Purpose,
    _ contents: (inout ByteWriter) throws(WireError) -> Void,
    _ decode: (inout ByteReader) throws(WireError) -> Object
  ) throws(NetlinkError) -> [Object] {
    var lost: NetlinkError?
    for _ in 0..<Self.dumpAttempts {
      do {
        let objects = try dumpOnce(type, of: answerType, for: purpose, contents, decode)
        if let objects { return objects }
        lost = nil
      } catch  where error.code == .overrun {
        // The buffer has grown to what did not fit.
        lost = error
      }
    }
    throw lost ?? purpose.error(.dumpInterrupted, .interrupted)
  }

  /// Nil if what is listed changed meanwhile.
  private func dumpOnce<Object>(
    _ type: NetlinkMessageType,
    of answerType: NetlinkMessageType,
    for purpose: Purpose,
    _ contents: (inout ByteWriter) throws(WireError) -> Void,
    _ decode: (inout ByteReader) throws(WireError) -> Object
  ) throws(NetlinkError) -> [Object]? {
    var writer = ByteWriter()
    let sequence = try write(type, .dump, to: &writer, for: purpose, contents)
    try send(writer, for: purpose)
    var objects: [Object] = []
    var outcome: ExtendedAcknowledgement?
    var isInterrupted = false
    while outcome == nil {
      try receive(for: purpose) { (header, payload) throws(WireError) in
        guard header.sequence == sequence else { return }
        if header.flags.contains(.dumpInterrupted) { isInterrupted = true }
        switch header.type {
        case answerType: objects.append(try decode(&payload))
        case .done: outcome = try ExtendedAcknowledgement(done: &payload, flags: header.flags)
        case .error: outcome = try ExtendedAcknowledgement(&payload, flags: header.flags)
        default: break
        }
      }
    }
    if isInterrupted { return nil }
    if let outcome, outcome.error != 0 { throw purpose.error(outcome) }
    return objects
  }
}
