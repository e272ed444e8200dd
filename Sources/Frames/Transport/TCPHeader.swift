public import WireFormat

/// A TCP header (RFC 9293, section 3.1; `struct tcphdr`, `linux/tcp.h`).
///
/// ```
/// | source port 2 | destination port 2 | sequence 4 | acknowledgement 4 |
/// | header words 4 bits, flags 12 | window 2 | checksum 2 | urgent 2 | options 0...40 |
/// ```
public struct TCPHeader: Hashable, Sendable {
  /// The control bits, with those that are reserved.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// Twelve bits.
    public let rawValue: UInt16
    /// Flags with these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// FIN: the sender has no more data.
    public static let finish = Flags(rawValue: 0x001)
    /// SYN: synchronises sequence numbers.
    public static let synchronise = Flags(rawValue: 0x002)
    /// RST: resets the connection.
    public static let reset = Flags(rawValue: 0x004)
    /// PSH
    public static let push = Flags(rawValue: 0x008)
    /// ACK: the acknowledgement number means something.
    public static let acknowledge = Flags(rawValue: 0x010)
    /// URG
    public static let urgent = Flags(rawValue: 0x020)
  }

  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// The first byte's number.
  public var sequence: UInt32 = 0
  /// The number of the byte that is expected next.
  public var acknowledgement: UInt32 = 0
  /// The control bits.
  public var flags: Flags = []
  /// How many bytes the sender takes, before scaling.
  public var window: UInt16 = 0
  /// The checksum.
  public var checksum: DerivedField<UInt16> = .computed
  /// The urgent pointer.
  public var urgentPointer: UInt16 = 0
  /// Options as they are on the wire, at most 40 bytes; padded with zeros to a multiple of four on writing.
  public var options: [UInt8] = []

  /// A header.
  public init(sourcePort: UInt16, destinationPort: UInt16) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// Reads a header; what follows in the packet is the segment's data.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let length = Int(try reader.peekByte(at: 12, field: "TCP header") >> 4) * 4
    guard length >= 20 else {
      throw WireError(.invalidLength(length), offset: reader.offset + 12, field: "TCP header length")
    }
    try reader.require(length, field: "TCP header")
    sourcePort = try reader.readBigEndian()
    destinationPort = try reader.readBigEndian()
    sequence = try reader.readBigEndian()
    acknowledgement = try reader.readBigEndian()
    flags = Flags(rawValue: try reader.readBigEndian(UInt16.self) & 0xfff)
    window = try reader.readBigEndian()
    checksum = .stated(try reader.readBigEndian())
    urgentPointer = try reader.readBigEndian()
    options = try reader.readBytes(length - 20)
  }

  /// Writes the header and what `payload` writes after it.
  public func write(
    to writer: inout ByteWriter,
    over pseudoHeader: PseudoHeader,
    payload: (inout ByteWriter) -> Void
  ) {
    let start = writer.count
    let length = 20 + (min(options.count, 40) + 3) / 4 * 4
    writer.writeBigEndian(sourcePort)
    writer.writeBigEndian(destinationPort)
    writer.writeBigEndian(sequence)
    writer.writeBigEndian(acknowledgement)
    writer.writeBigEndian(UInt16(length / 4) << 12 | flags.rawValue & 0xfff)
    writer.writeBigEndian(window)
    writer.writeZeros(2)
    writer.writeBigEndian(urgentPointer)
    writer.write(options.prefix(40))
    writer.writeZeros(start + length - writer.count)
    payload(&writer)
    let sum = checksum.value { writer.checksum(from: start, over: pseudoHeader) }
    writer.patchBigEndian(sum, at: start + 16)
  }
}
