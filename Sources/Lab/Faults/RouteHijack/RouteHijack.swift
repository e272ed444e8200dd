internal import NetworkTypes

extension Fault {
  /// The default route leads into a container.
  static let routeHijack = Fault(
    id: "dhcp-client-route-hijack",
    text: FaultText(
      title: "a DHCP client put the default route on a container's port",
      story: [
        "A DHCP client that looks after every interface (dhcpcd, connman) found a new one: the host's end of a"
          + " container's veth pair. No server answered, so it gave the interface a link-local configuration, with a"
          + " default route by it.",
        "From then on that was the host's way to everywhere.",
        "Requests were taken from the bridge, and the host asked for the resolver itself by ARP, in the container"
          + " behind that port. Nobody there has that address.",
      ],
      why:
        "A route without a gateway says that the destination is on the link, so the kernel resolves the destination's"
        + " own address there. It makes no difference that the interface is a bridge's port.",
      outage: "Until the route is gone; containers that start and end bring it again and again.",
      cure: "The default route leads to the router again.",
      lasting: [
        FaultText.LastingCure("dhcpcd (/etc/dhcpcd.conf)", "denyinterfaces veth* br-* docker0"),
        FaultText.LastingCure(
          "connman (/etc/connman/main.conf)",
          "[General]",
          "NetworkInterfaceBlacklist=veth,docker,br-"
        ),
        FaultText.LastingCure(
          "NetworkManager (/etc/NetworkManager/conf.d/99-containers.conf)",
          "[keyfile]",
          "unmanaged-devices=interface-name:veth*;interface-name:br-*"
        ),
      ],
      next: "Look at your own routes: \"ip route show default\" and \"ip address show to 169.254.0.0/16\"."
    ),
    parts: [Part("route", "the default route is put on a container's port")],
    marks: [.askedForServer],
    sideEffects: [
      SideEffect(
        "masq-missing",
        because: "the way out is a container's port now, and no rule translates what leaves by that"
      )
    ],
    apply: { plan, family in
      guard let everything = everything(family), let port = plan.container("other")?.portName else {
        return []
      }
      return [.routing(.replaceRoute(to: everything, via: nil, link: port))]
    },
    cure: { plan, family in
      guard let everything = everything(family),
        let gateway = plan.uplink.gateways.first(where: { $0.address.family == family })
      else { return [] }
      return [.routing(.replaceRoute(to: everything, via: gateway.address, link: plan.uplink.name))]
    }
  )

  private static func everything(_ family: IPFamily) -> IPPrefix? {
    IPPrefix(family == .v4 ? .v4(.any) : .v6(.any), length: 0)
  }
}
