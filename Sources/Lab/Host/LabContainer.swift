public import LinuxSystem
public import Netlink
internal import NetlinkCodec
public import NetworkTypes

/// A container of a lab's host: a namespace whose eth0 is one end of a veth pair; the other is a bridge's port.
public final class LabContainer {
  /// What it was built from.
  public let plan: ContainerPlan
  /// Its namespace.
  public let namespace: NetworkNamespace
  /// The bridge's port, by its number in the host's namespace.
  public let port: InterfaceIndex
  /// Its own interface.
  public let interface: InterfaceIndex
  /// What its /etc/resolv.conf says.
  public internal(set) var resolver: ResolverConfiguration
  /// Sockets that are open in it until it goes.
  var sockets: [InternetSocket] = []
  /// Sockets that stand for those of programs that answer in it.
  var listeners: [InternetSocket] = []
  /// rtnetlink inside.
  public let connection: NetlinkConnection

  /// Builds a container whose port joins `bridge`, and gives it its addresses and default routes.
  init(_ plan: ContainerPlan, on bridge: InterfaceIndex, gateways: [IPPrefix], host: NetlinkConnection) throws
  {
    self.plan = plan
    resolver = plan.resolver
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    try namespace.perform {
      try Sysctl.write("0", to: "net.ipv6.conf.default.accept_ra")
      try Sysctl.write("0", to: "net.ipv4.conf.default.arp_notify")
    }
    // A program that asks its own address goes by the loopback.
    try connection.changeLink(connection.link(named: "lo").index, LinkChange(isUp: true))
    port = try host.createLink(
      NewLink(
        name: plan.portName,
        kind: .veth(peer: NewPeer(name: "eth0", address: plan.address, namespace: namespace, isUp: true)),
        address: plan.portAddress,
        isUp: true,
        master: bridge
      )
    )
    interface = try connection.link(named: "eth0").index
    for prefix in plan.addresses { try connection.addAddress(prefix, to: interface) }
    for gateway in gateways {
      try connection.addRoute(NewRoute(defaultVia: gateway.address, by: interface))
    }
  }
}
