public import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes

/// What all hosts of a lab have in common: a namespace that their uplinks lead to, with the resolver's addresses.
///
/// It doesn't forward, and knows the hosts' own addresses only: answers to a container's address have no way back.
public final class Upstream {
  /// Its namespace.
  public let namespace: NetworkNamespace
  private let connection: NetlinkConnection

  /// Makes the namespace.
  public init() throws {
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    try namespace.perform {
      try Sysctl.write("0", to: "net.ipv4.conf.all.rp_filter")
      try Sysctl.write("0", to: "net.ipv4.conf.default.rp_filter")
      try Sysctl.write("0", to: "net.ipv6.conf.default.accept_ra")
    }
    let loopback = try connection.link(named: "lo").index
    try connection.changeLink(loopback, LinkChange(isUp: true))
    for address in Topology.resolverAddresses {
      guard let prefix = IPPrefix(address, length: address.family.addressBits) else { continue }
      try connection.addAddress(prefix, to: loopback)
    }
  }

  /// Gives this end of a host's uplink its addresses.
  public func attach(_ plan: HostPlan) throws {
    let index = try connection.link(named: plan.uplink.peerName).index
    for prefix in plan.uplink.gateways { try connection.addAddress(prefix, to: index) }
  }
}
