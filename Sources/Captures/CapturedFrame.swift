public import NetworkTypes

/// A frame of a capture, borrowed from the reader's buffer until it advances.
public struct CapturedFrame: ~Escapable {
  /// Its number among all frames of the file, from 1: what Wireshark calls "frame.number", which counts custom blocks too.
  public let number: Int
  /// Where in the file its record begins, in octets; of a compressed file, in what is in it.
  public let offset: Int
  /// When it was captured; nil in a Simple Packet Block, which has no time.
  public let time: Timestamp?
  /// Where it was captured: an index into the reader's `interfaces`.
  public let interface: Int
  /// What it begins with.
  public let linkType: LinkType
  /// How many octets it had; `bytes` can have fewer.
  public let originalLength: Int
  /// What was kept of it.
  public let bytes: Span<UInt8>

  @_lifetime(copy bytes)
  init(_ record: CaptureRecord, linkType: LinkType, bytes: Span<UInt8>) {
    number = record.number
    offset = record.offset
    time = record.hasTime ? Timestamp(nanoseconds: record.nanoseconds) : nil
    interface = record.interface
    self.linkType = linkType
    originalLength = record.originalLength
    self.bytes = bytes
  }
}

/// Where a frame is in the reader's buffer, and what its record says.
struct CaptureRecord {
  var number = 0
  var offset = 0
  var nanoseconds: Int64 = 0
  var hasTime = false
  var interface = 0
  var originalLength = 0
  /// Its first octet's place in the buffer.
  var start = 0
  var count = 0
}
