public import WireFormat

/// The body of an ICMP or ICMPv6 error: four bytes that depend on the type, and the beginning of the packet
/// that met the error (RFC 792; RFC 4443, section 3).
///
/// ```
/// | parameter 4 | quoted packet |
/// ```
public struct ICMPError: Hashable, Sendable {
  /// What depends on the type: zero, a pointer, an address, or in the lower half an MTU.
  public var parameter: UInt32
  /// The quoted packet, as much of it as there is.
  public var quoted: [UInt8]

  /// An error's body.
  public init(parameter: UInt32 = 0, quoted: [UInt8]) {
    self.parameter = parameter
    self.quoted = quoted
  }

  /// Reads the body of an error, to the reader's end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    parameter = try reader.readBigEndian(field: "ICMP error")
    quoted = reader.readRemainingBytes()
  }

  /// Writes the body.
  public func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(parameter)
    writer.write(quoted)
  }

  /// Whose packet met the error; nil if too little of it is quoted.
  public var flow: QuotedFlow? {
    var reader = ByteReader(quoted.span)
    return try? QuotedFlow(parsing: &reader)
  }
}
