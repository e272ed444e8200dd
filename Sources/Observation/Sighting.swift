public import NetworkTypes

/// One frame, seen at one interface: small, of fixed size, and all that following a request needs.
public struct Sighting: Hashable, Sendable {
  /// What the kernel took the frame for (packet(7), sll_pkttype).
  public enum PacketType: UInt8, Hashable, Sendable {
    /// Addressed to this host. The corresponding kernel constant is `PACKET_HOST` (`linux/if_packet.h`).
    case host = 0
    /// `PACKET_BROADCAST`
    case broadcast = 1
    /// `PACKET_MULTICAST`
    case multicast = 2
    /// Addressed to somebody else. `PACKET_OTHERHOST`; at a bridge's port healthy frames have it too.
    case otherHost = 3
    /// Sent by this host. `PACKET_OUTGOING`
    case outgoing = 4
  }

  /// What the frame carries.
  public enum Content: Hashable, Sendable {
    /// A DNS message.
    case dns(Message)
    /// An ARP packet or a neighbour discovery message.
    case resolution(Resolution)
  }

  /// A DNS message, without its records.
  public struct Message: Hashable, Sendable {
    /// The sender at this point of its way, that is, before or after translation.
    public let source: SocketAddress
    /// The receiver at this point of its way.
    public let destination: SocketAddress
    /// The DNS id.
    public let transaction: UInt16
    /// Whether it is a response.
    public let isResponse: Bool
    /// The response code, 0 in a request.
    public let responseCode: UInt16
    /// `NameDigest` of the question's name; 0 without a question.
    public let question: UInt64
    /// The question's type; 0 without a question.
    public let type: UInt16
    /// What carries it.
    public let transport: DNSTransport
    /// Where in its frame the question's name begins, in octets; 0 if that isn't known.
    public let nameOffset: Int32

    /// A message as it was seen.
    public init(
      source: SocketAddress,
      destination: SocketAddress,
      transaction: UInt16,
      isResponse: Bool,
      responseCode: UInt16,
      question: UInt64,
      type: UInt16,
      transport: DNSTransport,
      nameOffset: Int32 = 0
    ) {
      self.source = source
      self.destination = destination
      self.transaction = transaction
      self.isResponse = isResponse
      self.responseCode = responseCode
      self.question = question
      self.type = type
      self.transport = transport
      self.nameOffset = nameOffset
    }
  }

  /// Who has an address: ARP (RFC 826), or neighbour solicitation and advertisement (RFC 4861).
  public struct Resolution: Hashable, Sendable {
    /// Whether it answers (ARP reply, neighbour advertisement) or asks.
    public let isReply: Bool
    /// The sender's Internet address; unspecified in probes.
    public let sender: IPAddress
    /// The sender's link address as the packet itself says, if it does.
    public let senderLink: MACAddress?
    /// The address that is asked for or announced.
    public let target: IPAddress

    /// A resolution packet as it was seen.
    public init(isReply: Bool, sender: IPAddress, senderLink: MACAddress?, target: IPAddress) {
      self.isReply = isReply
      self.sender = sender
      self.senderLink = senderLink
      self.target = target
    }
  }

  /// When the kernel took the frame in or sent it.
  public let time: Timestamp
  /// Where it was seen.
  public let interface: InterfaceIndex
  /// What the kernel took it for; nil where a capture format doesn't say.
  public let packetType: PacketType?
  private let source: PackedLinkAddress
  private let destination: PackedLinkAddress
  /// What it carries.
  public let content: Content

  /// A frame that was seen.
  public init(
    time: Timestamp,
    interface: InterfaceIndex,
    packetType: PacketType?,
    linkSource: MACAddress?,
    linkDestination: MACAddress?,
    content: Content
  ) {
    self.time = time
    self.interface = interface
    self.packetType = packetType
    source = PackedLinkAddress(linkSource)
    destination = PackedLinkAddress(linkDestination)
    self.content = content
  }
}

extension Sighting {
  /// The frame's source.
  public var linkSource: MACAddress? { source.address }
  /// The frame's destination; nil in cooked captures.
  public var linkDestination: MACAddress? { destination.address }
}

/// A link address or none, in the eight octets that an address alone takes.
public struct PackedLinkAddress: Hashable, Sendable {
  private let number: UInt64

  /// An address, or none.
  @inline(__always)
  public init(_ address: MACAddress?) { number = address?.rawValue ?? .max }

  /// The address, or nil for none: it has 48 bits.
  @inline(__always)
  public var address: MACAddress? { number == .max ? nil : MACAddress(number) }
}

/// A 64-bit digest of a DNS name, the same for names that differ in case only.
public enum NameDigest {
  /// FNV-1a over the presentation form in lower case without the final dot, one byte per character of ASCII.
  public static func of(_ name: String) -> UInt64 {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 {
      let folded = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      digest = (digest ^ UInt64(folded)) &* 0x100_0000_01b3
    }
    return digest
  }
}
