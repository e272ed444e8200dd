/// What a captured frame begins with (https://www.tcpdump.org/linktypes.html, `LINKTYPE_*`).
public struct LinkType: RawRepresentable, Hashable, Sendable {
  /// The number in capture files.
  public let rawValue: UInt16
  /// The type with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The family in the host's byte order before the packet. The corresponding constant is `LINKTYPE_NULL`.
  public static let null = LinkType(rawValue: 0)
  /// `LINKTYPE_ETHERNET`
  public static let ethernet = LinkType(rawValue: 1)
  /// An IPv4 or IPv6 packet alone, as some systems number it. The corresponding constant is `DLT_RAW`.
  public static let rawBSD = LinkType(rawValue: 12)
  /// An IPv4 or IPv6 packet alone. The corresponding constant is `LINKTYPE_RAW`.
  public static let raw = LinkType(rawValue: 101)
  /// The family in network byte order before the packet. The corresponding constant is `LINKTYPE_LOOP`.
  public static let loop = LinkType(rawValue: 108)
  /// Linux's cooked frames, as `tcpdump -i any` wrote them. The corresponding constant is `LINKTYPE_LINUX_SLL`.
  public static let cooked = LinkType(rawValue: 113)
  /// `LINKTYPE_IPV4`
  public static let ipv4 = LinkType(rawValue: 228)
  /// `LINKTYPE_IPV6`
  public static let ipv6 = LinkType(rawValue: 229)
  /// Linux's cooked frames with the interface's number. The corresponding constant is `LINKTYPE_LINUX_SLL2`.
  public static let cooked2 = LinkType(rawValue: 276)
}

extension LinkType: CustomStringConvertible {
  /// The constant's name without its prefix, or the number.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .ethernet: "ETHERNET"
    case .raw, .rawBSD: "RAW"
    case .loop: "LOOP"
    case .cooked: "LINUX_SLL"
    case .cooked2: "LINUX_SLL2"
    case .ipv4: "IPV4"
    case .ipv6: "IPV6"
    default: "\(rawValue)"
    }
  }
}
