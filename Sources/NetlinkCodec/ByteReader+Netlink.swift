public import WireFormat

/// How messages and attributes are aligned (`NLMSG_ALIGNTO`, `NLA_ALIGNTO`).
let netlinkAlignment = 4

/// The bits of an attribute's type that are its number (`NLA_TYPE_MASK`).
let attributeTypeMask: UInt16 = 0x3fff

/// That an attribute holds attributes (`NLA_F_NESTED`).
let nestedFlag: UInt16 = 0x8000

extension ByteReader {
  /// The next message's header. Its length is at least the header's and at most what is left, so a reader
  /// that goes on from here always ends.
  public mutating func readNetlinkHeader() throws(WireError) -> NetlinkHeader {
    try require(NetlinkHeader.size, field: "nlmsghdr")
    let start = offset
    let available = remaining
    let length = try readNative(UInt32.self)
    guard length >= NetlinkHeader.size, length <= available else {
      throw WireError(.invalidLength(Int(length)), offset: start, field: "nlmsghdr")
    }
    return NetlinkHeader(
      type: NetlinkMessageType(rawValue: try readNative()),
      flags: NetlinkFlags(rawValue: try readNative()),
      sequence: try readNative(),
      port: try readNative(),
      length: length
    )
  }

  /// Calls `body` with each message's header and a reader over what follows it.
  @inline(__always)
  public mutating func forEachNetlinkMessage(
    _ body: (NetlinkHeader, inout ByteReader) throws(WireError) -> Void
  ) throws(WireError) {
    while !isAtEnd {
      let header = try readNetlinkHeader()
      var payload = try readReader(Int(header.length) - NetlinkHeader.size)
      try skipAlignment(after: Int(header.length))
      try body(header, &payload)
    }
  }

  /// Calls `body` with each attribute's type, flag bits included, and a reader over its value.
  @inline(__always)
  mutating func forEachRawAttribute(
    _ body: (UInt16, inout ByteReader) throws(WireError) -> Void
  ) throws(WireError) {
    // Up to three bytes of padding may follow the last attribute.
    while remaining >= 4 {
      let start = offset
      let available = remaining
      let length = Int(try readNative(UInt16.self))
      let type = try readNative(UInt16.self)
      guard length >= 4, length <= available else {
        throw WireError(.invalidLength(length), offset: start, field: "nlattr \(type & attributeTypeMask)")
      }
      var value = try readReader(length - 4)
      try skipAlignment(after: length)
      try body(type, &value)
    }
  }

  /// Passes over the padding after something of this length; the last one may lack it.
  @inline(__always)
  mutating func skipAlignment(after length: Int) throws(WireError) {
    let padding = (netlinkAlignment - length % netlinkAlignment) % netlinkAlignment
    try skip(min(padding, remaining))
  }
}
