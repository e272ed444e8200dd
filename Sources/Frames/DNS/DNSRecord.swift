public import WireFormat

/// A resource record (RFC 1035, section 4.1.3).
///
/// ```
/// | name | type 2 | class 2 | time to live 4 | length 2 | data |
/// ```
public struct DNSRecord: Hashable, Sendable {
  /// Whose record it is.
  public var name: DNSName
  /// What kind of data it has.
  public var type: DNSRecordType
  /// Its class; in an OPT record the sender's buffer size.
  public var `class`: DNSClass
  /// For how many seconds it may be kept; in an OPT record flags.
  public var timeToLive: UInt32
  /// The data.
  public var data: DNSRecordData

  /// A record; its type follows from its data.
  public init(_ name: DNSName, class: DNSClass = .internet, timeToLive: UInt32, _ data: DNSRecordData) {
    self.name = name
    self.type = data.type
    self.class = `class`
    self.timeToLive = timeToLive
    self.data = data
  }

  /// Reads a record from a reader over the whole message.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    name = try DNSName(parsing: &reader)
    type = DNSRecordType(rawValue: try reader.readBigEndian(field: "DNS record"))
    self.class = DNSClass(rawValue: try reader.readBigEndian(field: "DNS record"))
    timeToLive = try reader.readBigEndian(field: "DNS record")
    let length = Int(try reader.readBigEndian(UInt16.self, field: "DNS record"))
    data = try DNSRecordData(type, self.class, length: length, parsing: &reader)
  }

  func write(to writer: inout ByteWriter, _ compressor: inout DNSNameCompressor) {
    compressor.write(name, to: &writer)
    writer.writeBigEndian(type.rawValue)
    writer.writeBigEndian(self.class.rawValue)
    writer.writeBigEndian(timeToLive)
    writer.writeWithLengthBigEndian16 { data.write(to: &$0, &compressor) }
  }
}
