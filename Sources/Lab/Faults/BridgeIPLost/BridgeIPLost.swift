internal import NetworkTypes

extension Fault {
  /// The bridge has no address any more.
  static let bridgeIPLost = Fault(
    id: "bridge-ip-lost",
    text: FaultText(
      title: "the bridge lost its address: nothing leads back to the containers",
      story: [
        "A network manager took the bridge for one of its own: a .network file whose [Match] is too wide, a restart of"
          + " the network, a carrier that was lost when the last container ended. It took the bridge's address away.",
        "With the address went the host's route to the containers' subnet.",
        "Requests of containers that knew the gateway's MAC were forwarded still, and answered. The answers came in on"
          + " the uplink, found no route to the container, and left by the default route again. Containers that were"
          + " started later never found their gateway.",
      ],
      why:
        "The route to a connected subnet exists only because an interface has an address in it"
        + " (fib_add_ifaddr, fib_del_ifaddr). The kernel answers ARP for its own addresses only.",
      outage: "Until the bridge has its address again; dockerd gives it one only when it starts.",
      cure: "The bridge gets its address back.",
      lasting: [
        FaultText.LastingCure(
          "systemd-networkd (10-docker.network, before any wider one)",
          "[Match]",
          "Name=docker* br-* veth*",
          "[Link]",
          "Unmanaged=yes"
        ),
        FaultText.LastingCure(
          "systemd-networkd, for a bridge that it makes itself (br0.network)",
          "[Network]",
          "Address=172.18.0.1/16",
          "ConfigureWithoutCarrier=yes",
          "IgnoreCarrierLoss=yes"
        ),
      ],
      next: "Compare \"ip address show dev br0\" with the gateway that \"docker network inspect\" names."
    ),
    parts: [Part("loss", "the bridge's address is taken away")],
    marks: [.addressMissing, .answerTurnedBack],
    apply: { plan, family in
      plan.bridge.gateways.filter { $0.address.family == family }.map {
        .removeAddress(link: plan.bridge.name, $0)
      }
    },
    cure: { plan, family in
      plan.bridge.gateways.filter { $0.address.family == family }.map {
        .addAddress(link: plan.bridge.name, $0)
      }
    }
  )
}
