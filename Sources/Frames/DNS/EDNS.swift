/// What an OPT record says about its message (RFC 6891, section 6.1.3).
///
/// ```
/// class: | buffer size 2 |    time to live: | upper response code 1 | version 1 | DO 1 bit, zero 15 |
/// ```
public struct EDNS: Hashable, Sendable {
  /// The longest UDP message in bytes that the sender takes.
  public var bufferSize: UInt16
  /// The upper eight bits of the response code.
  public var upperResponseCode: UInt8
  /// The version, 0.
  public var version: UInt8
  /// The flags; the first is DO, "send DNSSEC's records too".
  public var flags: UInt16
  /// The options.
  public var options: [EDNSOption]

  /// Extensions for a message whose sender takes `bufferSize` bytes over UDP.
  public init(
    bufferSize: UInt16,
    upperResponseCode: UInt8 = 0,
    version: UInt8 = 0,
    flags: UInt16 = 0,
    options: [EDNSOption] = []
  ) {
    self.bufferSize = bufferSize
    self.upperResponseCode = upperResponseCode
    self.version = version
    self.flags = flags
    self.options = options
  }

  /// What a record says, or nil unless it is an OPT record.
  public init?(_ record: DNSRecord) {
    guard case .opt(let options) = record.data else { return nil }
    bufferSize = record.class.rawValue
    upperResponseCode = UInt8(truncatingIfNeeded: record.timeToLive >> 24)
    version = UInt8(truncatingIfNeeded: record.timeToLive >> 16)
    flags = UInt16(truncatingIfNeeded: record.timeToLive)
    self.options = options
  }

  /// The OPT record.
  public var record: DNSRecord {
    DNSRecord(
      .root,
      class: DNSClass(rawValue: bufferSize),
      timeToLive: UInt32(upperResponseCode) << 24 | UInt32(version) << 16 | UInt32(flags),
      .opt(options)
    )
  }
}
