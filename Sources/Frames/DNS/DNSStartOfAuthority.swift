internal import WireFormat

/// The data of an SOA record (RFC 1035, section 3.3.13). Times are in seconds.
public struct DNSStartOfAuthority: Hashable, Sendable {
  /// The zone's primary server.
  public var primary: DNSName
  /// The mailbox of whoever answers for the zone, its @ written as a dot.
  public var mailbox: DNSName
  /// The zone's version.
  public var serial: UInt32
  /// How often secondary servers look for a new version.
  public var refresh: UInt32
  /// How soon they look again after a failure.
  public var retry: UInt32
  /// When they give up.
  public var expire: UInt32
  /// For how long "there is no such name" may be kept (RFC 2308).
  public var minimum: UInt32

  /// The start of a zone.
  public init(
    primary: DNSName,
    mailbox: DNSName,
    serial: UInt32,
    refresh: UInt32,
    retry: UInt32,
    expire: UInt32,
    minimum: UInt32
  ) {
    self.primary = primary
    self.mailbox = mailbox
    self.serial = serial
    self.refresh = refresh
    self.retry = retry
    self.expire = expire
    self.minimum = minimum
  }

  init(parsing reader: inout ByteReader) throws(WireError) {
    primary = try DNSName(parsing: &reader)
    mailbox = try DNSName(parsing: &reader)
    try reader.require(20, field: "SOA record")
    serial = try reader.readBigEndian()
    refresh = try reader.readBigEndian()
    retry = try reader.readBigEndian()
    expire = try reader.readBigEndian()
    minimum = try reader.readBigEndian()
  }

  func write(to writer: inout ByteWriter, _ compressor: inout DNSNameCompressor) {
    compressor.write(primary, to: &writer)
    compressor.write(mailbox, to: &writer)
    for number in [serial, refresh, retry, expire, minimum] { writer.writeBigEndian(number) }
  }
}
