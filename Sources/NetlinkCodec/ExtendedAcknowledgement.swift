public import WireFormat

/// The kernel's answer to a request, good or bad (`struct nlmsgerr` and `NLMSGERR_ATTR_*`, `linux/netlink.h`).
public struct ExtendedAcknowledgement: Hashable, Sendable {
  /// 0, or the negative error number.
  public var error: Int32 = 0
  /// The header of the request that is answered.
  public var request = NetlinkHeader(type: .noOperation)
  /// What is wrong, in words, also as a warning. The corresponding kernel constant is `NLMSGERR_ATTR_MSG`.
  public var message: String?
  /// Offset in bytes of the attribute that is wrong, from the start of the request. The corresponding kernel
  /// constant is `NLMSGERR_ATTR_OFFS`.
  public var attributeOffset: UInt32?
  /// The number of an attribute that is missing. The corresponding kernel constant is
  /// `NLMSGERR_ATTR_MISS_TYPE`.
  public var missingAttribute: UInt32?
  /// Offset in bytes of the attribute in which it is missing. The corresponding kernel constant is
  /// `NLMSGERR_ATTR_MISS_NEST`.
  public var missingNest: UInt32?
  /// What of the request is repeated, if it wasn't left out (`NETLINK_CAP_ACK`).
  public var repeated: [UInt8] = []
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// A good answer to nothing.
  public init() {}
}

/// The numbers of an acknowledgement's attributes (`linux/netlink.h`).
enum AcknowledgementAttribute: UInt16 {
  /// NLMSGERR_ATTR_MSG
  case message = 1
  /// NLMSGERR_ATTR_OFFS
  case attributeOffset = 2
  /// NLMSGERR_ATTR_MISS_TYPE
  case missingAttribute = 5
  /// NLMSGERR_ATTR_MISS_NEST
  case missingNest = 6
}

extension ExtendedAcknowledgement {
  /// Decodes what follows the header of a message of type `error`.
  public init(_ reader: inout ByteReader, flags: NetlinkFlags) throws(WireError) {
    try reader.require(20, field: "nlmsgerr")
    error = Int32(bitPattern: try reader.readNative())
    request.length = try reader.readNative()
    request.type = NetlinkMessageType(rawValue: try reader.readNative())
    request.flags = NetlinkFlags(rawValue: try reader.readNative())
    request.sequence = try reader.readNative()
    request.port = try reader.readNative()
    // The request is repeated after an error only, and attributes begin where it ends.
    if error != 0, !flags.contains(.capped) {
      let wanted = Int(request.length) - NetlinkHeader.size
      guard wanted >= 0 else {
        throw WireError(.invalidLength(Int(request.length)), offset: reader.offset, field: "nlmsgerr")
      }
      repeated = try reader.readBytes(wanted, field: "nlmsgerr")
      try reader.skipAlignment(after: wanted)
    }
    if flags.contains(.acknowledgementAttributes) { try readAttributes(&reader) }
  }

  /// Decodes what follows the header of a message of type `done`: an error number, then attributes.
  public init(done reader: inout ByteReader, flags: NetlinkFlags) throws(WireError) {
    // Some kernel parts end a listing without a number.
    if reader.remaining >= 4 { error = Int32(bitPattern: try reader.readNative()) }
    if flags.contains(.acknowledgementAttributes) { try readAttributes(&reader) }
  }

  private mutating func readAttributes(_ reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch AcknowledgementAttribute(rawValue: type & attributeTypeMask) {
      case .message: try value.take(&message)
      case .attributeOffset: try value.take(&attributeOffset)
      case .missingAttribute: try value.take(&missingAttribute)
      case .missingNest: try value.take(&missingNest)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the header; `flags` are the header's.
  public func write(to writer: inout ByteWriter, flags: NetlinkFlags) throws(WireError) {
    writer.writeNative(UInt32(bitPattern: error))
    writer.writeNative(request.length)
    writer.writeNative(request.type.rawValue)
    writer.writeNative(request.flags.rawValue)
    writer.writeNative(request.sequence)
    writer.writeNative(request.port)
    if error != 0, !flags.contains(.capped) {
      writer.write(repeated)
      writer.pad(to: netlinkAlignment)
    }
    if flags.contains(.acknowledgementAttributes) { try writeAttributes(to: &writer) }
  }

  /// Encodes what follows the header of a message of type `done`.
  public func write(doneTo writer: inout ByteWriter, flags: NetlinkFlags) throws(WireError) {
    writer.writeNative(UInt32(bitPattern: error))
    if flags.contains(.acknowledgementAttributes) { try writeAttributes(to: &writer) }
  }

  private func writeAttributes(to writer: inout ByteWriter) throws(WireError) {
    try writer.put(AcknowledgementAttribute.message, message)
    try writer.put(AcknowledgementAttribute.attributeOffset, attributeOffset)
    try writer.put(AcknowledgementAttribute.missingAttribute, missingAttribute)
    try writer.put(AcknowledgementAttribute.missingNest, missingNest)
    unknown.write(to: &writer)
  }
}
