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
  /// The options in their order.
  public var options: [NeighbourOption]
  /// The checksum.
  public var checksum: DerivedField<UInt16> = .computed

  /// A message with these options.
  public init(_ kind: Kind, flags: Flags = [], target: IPv6Address, options: [NeighbourOption]) {
    self.kind = kind
    self.flags = flags
    self.target = target
    self.options = options
  }

  /// A message with the link address of a solicitation's source or an advertisement's target, or without.
  public init(_ kind: Kind, flags: Flags = [], target: IPv6Address, link: MACAddress? = nil) {
    let option = link.map { kind == .solicitation ? NeighbourOption.sourceLink($0) : .targetLink($0) }
    self.init(kind, flags: flags, target: target, options: option.map { [$0] } ?? [])
  }

  /// A solicitation's source link-layer address, or an advertisement's target link-layer address, if it has
  /// that option with six octets (RFC 4861, section 4.6.1).
  public var link: MACAddress? {
    for option in options {
      switch (kind, option) {
      case (.solicitation, .sourceLink(let address)), (.advertisement, .targetLink(let address)):
        return address
      default: continue
      }
    }
    return nil
  }

  /// Reads a message; other types of ICMPv6 are an error. The reader must be one over the ICMPv6 packet alone.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let field = "neighbour discovery"
    let start = reader.offset
    try reader.require(24, field: field)
    let header = try ICMPHeader(parsing: &reader)
    guard let kind = Kind(rawValue: header.type) else {
      throw WireError(.invalidValue(UInt64(header.type)), offset: start, field: field)
    }
    // RFC 4861, section 7.1: a message with another code is to be discarded.
    guard header.code == 0 else {
      throw WireError(.invalidValue(UInt64(header.code)), offset: start + 1, field: field)
    }
    self.kind = kind
    checksum = header.checksum
    flags = Flags(rawValue: try reader.readByte())
    try reader.skip(3)
    target = try reader.readIPv6Address(field: field)
    options = []
    while !reader.isAtEnd { options.append(try NeighbourOption(parsing: &reader)) }
  }

  /// Writes the message; its checksum covers the pseudo-header (RFC 4443, section 2.3).
  public func write(to writer: inout ByteWriter, over pseudoHeader: PseudoHeader) {
    var header = ICMPHeader(type: kind.rawValue)
    header.checksum = checksum
    header.write(to: &writer, over: pseudoHeader) { writer in
      writer.write(flags.rawValue)
      writer.writeZeros(3)
      writer.write(target)
      options.forEach { $0.write(to: &writer) }
    }
  }
}
