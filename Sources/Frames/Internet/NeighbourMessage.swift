public import NetworkTypes
public import WireFormat

/// A neighbour solicitation or advertisement of ICMPv6 (RFC 4861, sections 4.3 and 4.4).
///
/// ```
/// | type 1 | code 1 | checksum 2 | flags 4 | target 16 | options: type 1, length in units of 8 bytes 1, … |
/// ```
public struct NeighbourMessage: Hashable, Sendable {
  /// What is done (RFC 4443, section 2.1; the kernel's `NDISC_NEIGHBOUR_*`).
  public enum Kind: UInt8, Hashable, Sendable {
    /// Who has the target address?
    case solicitation = 135
    /// The sender, or somebody for whom it speaks, has the target address.
    case advertisement = 136
  }

  /// The flags of an advertisement (RFC 4861, section 4.4).
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The first octet of the field.
    public let rawValue: UInt8
    /// Flags with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The sender is a router.
    public static let router = Flags(rawValue: 0x80)
    /// It answers a solicitation.
    public static let solicited = Flags(rawValue: 0x40)
    /// It replaces a link address that is known already.
    public static let override = Flags(rawValue: 0x20)
  }

  /// What is done.
  public var kind: Kind
  /// An advertisement's flags; none in a solicitation.
  public var flags: Flags
  /// The address that is asked for or announced.
  public var target: IPv6Address
  /// A solicitation's source link-layer address, or an advertisement's target link-layer address, if it has
  /// that option with six octets (RFC 4861, section 4.6.1).
  public var link: MACAddress?

  /// A message.
  public init(_ kind: Kind, flags: Flags = [], target: IPv6Address, link: MACAddress? = nil) {
    self.kind = kind
    self.flags = flags
    self.target = target
    self.link = link
  }

  /// Reads a message; other types of ICMPv6 are an error. The reader must be one over the ICMPv6 packet alone.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let field = "neighbour discovery"
    try reader.require(24, field: field)
    let type = try reader.peekByte()
    guard let kind = Kind(rawValue: type) else {
      throw WireError(.invalidValue(UInt64(type)), offset: reader.offset, field: field)
    }
    try reader.skip(4)
    self.kind = kind
    flags = Flags(rawValue: try reader.readByte())
    try reader.skip(3)
    target = try reader.readIPv6Address(field: field)
    let wanted = kind.linkOption
    while !reader.isAtEnd {
      let option = try reader.readByte(field: field)
      let length = Int(try reader.readByte(field: field)) * 8
      // RFC 4861, section 4.6: a message with an option of length 0 is to be discarded.
      guard length > 0 else { throw WireError(.invalidLength(0), offset: reader.offset - 1, field: field) }
      var contents = try reader.readReader(length - 2, field: field)
      if option == wanted, length == 8, link == nil { link = try contents.readMACAddress(field: field) }
    }
  }

  /// Writes the message with its checksum (RFC 4443, section 2.3).
  public func write(to writer: inout ByteWriter, over pseudoHeader: PseudoHeader) {
    let start = writer.count
    writer.write(kind.rawValue)
    writer.writeZeros(3)
    writer.write(flags.rawValue)
    writer.writeZeros(3)
    writer.write(target)
    if let link {
      writer.write(kind.linkOption)
      writer.write(1)
      writer.write(link)
    }
    writer.patchBigEndian(writer.checksum(from: start, over: pseudoHeader), at: start + 2)
  }
}

extension NeighbourMessage.Kind {
  /// The option that holds the link address (RFC 4861, section 4.6.1).
  fileprivate var linkOption: UInt8 {
    switch self {
    case .solicitation: 1
    case .advertisement: 2
    }
  }
}
