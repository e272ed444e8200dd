/// What an Ethernet frame carries (`linux/if_ether.h`, `ETH_P_*`). Below 0x600 it is the length of an
/// IEEE 802.3 frame.
public struct EtherType: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt16
  /// The type with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The corresponding kernel constant is `ETH_P_IP`.
  public static let ipv4 = EtherType(rawValue: 0x0800)
  /// The corresponding kernel constant is `ETH_P_ARP`.
  public static let arp = EtherType(rawValue: 0x0806)
  /// The corresponding kernel constant is `ETH_P_8021Q`: a VLAN tag follows.
  public static let vlan = EtherType(rawValue: 0x8100)
  /// The corresponding kernel constant is `ETH_P_IPV6`.
  public static let ipv6 = EtherType(rawValue: 0x86dd)
  /// The corresponding kernel constant is `ETH_P_8021AD`: a provider's VLAN tag follows.
  public static let providerVLAN = EtherType(rawValue: 0x88a8)
}
