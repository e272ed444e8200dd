public import WireFormat

/// The header of an ICMP (RFC 792) or ICMPv6 message (RFC 4443, section 2.1).
///
/// ```
/// | type 1 | code 1 | checksum 2 |
/// ```
public struct ICMPHeader: Hashable, Sendable {
  /// What the message is: `ICMPType` or `ICMPv6Type`.
  public var type: UInt8
  /// Details that depend on the type.
  public var code: UInt8
  /// The checksum.
  public var checksum: DerivedField<UInt16> = .computed

  /// A header.
  public init(type: UInt8, code: UInt8 = 0) {
    self.type = type
    self.code = code
  }

  /// Reads a header; the message's body is what follows.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(4, field: "ICMP header")
    type = try reader.readByte()
    code = try reader.readByte()
    checksum = .stated(try reader.readBigEndian())
  }

  /// Writes the header and what `body` writes after it; ICMPv6's checksum covers a pseudo-header, ICMP's none.
  public func write(
    to writer: inout ByteWriter,
    over pseudoHeader: PseudoHeader?,
    body: (inout ByteWriter) -> Void
  ) {
    let start = writer.count
    writer.write(type)
    writer.write(code)
    writer.writeZeros(2)
    body(&writer)
    let sum = checksum.value { writer.checksum(from: start, over: pseudoHeader) }
    writer.patchBigEndian(sum, at: start + 2)
  }
}

/// Types of ICMP messages (`linux/icmp.h`).
public enum ICMPType {
  /// The corresponding kernel constant is `ICMP_ECHOREPLY`.
  public static let echoReply: UInt8 = 0
  /// The corresponding kernel constant is `ICMP_DEST_UNREACH`.
  public static let destinationUnreachable: UInt8 = 3
  /// The corresponding kernel constant is `ICMP_REDIRECT`.
  public static let redirect: UInt8 = 5
  /// The corresponding kernel constant is `ICMP_ECHO`.
  public static let echoRequest: UInt8 = 8
  /// The corresponding kernel constant is `ICMP_TIME_EXCEEDED`.
  public static let timeExceeded: UInt8 = 11
  /// The corresponding kernel constant is `ICMP_PARAMETERPROB`.
  public static let parameterProblem: UInt8 = 12

  /// Whether messages of this type quote a packet that met an error.
  public static func isError(_ type: UInt8) -> Bool {
    [destinationUnreachable, redirect, timeExceeded, parameterProblem].contains(type)
  }
}

/// Types of ICMPv6 messages (`linux/icmpv6.h`; RFC 4861).
public enum ICMPv6Type {
  /// The corresponding kernel constant is `ICMPV6_DEST_UNREACH`.
  public static let destinationUnreachable: UInt8 = 1
  /// The corresponding kernel constant is `ICMPV6_PKT_TOOBIG`.
  public static let packetTooBig: UInt8 = 2
  /// The corresponding kernel constant is `ICMPV6_TIME_EXCEED`.
  public static let timeExceeded: UInt8 = 3
  /// The corresponding kernel constant is `ICMPV6_PARAMPROB`.
  public static let parameterProblem: UInt8 = 4
  /// The corresponding kernel constant is `ICMPV6_ECHO_REQUEST`.
  public static let echoRequest: UInt8 = 128
  /// The corresponding kernel constant is `ICMPV6_ECHO_REPLY`.
  public static let echoReply: UInt8 = 129
  /// The corresponding kernel constant is `NDISC_NEIGHBOUR_SOLICITATION` (`net/ndisc.h`).
  public static let neighbourSolicitation: UInt8 = 135
  /// The corresponding kernel constant is `NDISC_NEIGHBOUR_ADVERTISEMENT` (`net/ndisc.h`).
  public static let neighbourAdvertisement: UInt8 = 136

  /// Whether messages of this type quote a packet that met an error (RFC 4443, section 2.1).
  public static func isError(_ type: UInt8) -> Bool { type < 128 }
}
