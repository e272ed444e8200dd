/// An option of a bridge's port that is on or off, by bridge(8)'s word for it.
public enum PortOption: String, Hashable, Sendable {
  /// Frames of other isolated ports are kept away. `IFLA_BRPORT_ISOLATED` (`linux/if_link.h`)
  case isolated
  /// Source addresses are learnt. `IFLA_BRPORT_LEARNING`
  case learning
  /// Frames to unknown addresses go out here. `IFLA_BRPORT_UNICAST_FLOOD`
  case unicastFlood = "flood"
  /// Multicast without members goes out here. `IFLA_BRPORT_MCAST_FLOOD`
  case multicastFlood = "mcast_flood"
  /// Broadcast goes out here. `IFLA_BRPORT_BCAST_FLOOD`
  case broadcastFlood = "bcast_flood"
  /// The bridge answers ARP for neighbours behind this port. `IFLA_BRPORT_PROXYARP`
  case proxyARP = "proxy_arp"
}
