internal import NetworkTypes

extension Fault {
  /// Traffic between two ports of one bridge goes through the host's firewall.
  static let bridgeNetfilter = Fault(
    id: "br-netfilter",
    text: FaultText(
      title: "frames between containers of one bridge go through the firewall",
      story: [
        "The module br_netfilter was loaded (dockerd loads it for icc=false, Kubernetes wants it), and"
          + " bridge-nf-call-iptables is 1 by default.",
        "From then on frames that the bridge only switches from port to port pass the IP firewall's forward hook as"
          + " well.",
        "Its policy is drop, with an exception for what leaves by the uplink; nothing accepts bridge to bridge. The"
          + " resolver in a container next door can't be reached any more. Resolvers elsewhere can.",
      ],
      why:
        "br_netfilter hands bridged IP packets to the IP hooks as if they were routed, so that a firewall can filter"
        + " between bridge ports. Rules that were written for routed traffic know nothing of it.",
      outage:
        "Until the setting is 0, or a rule accepts what stays on the bridge. It often starts when something else"
        + " is installed that loads the module.",
      cure:
        "Bridged frames are kept from the IP firewall. dockerd with icc=false and Kubernetes rely on the setting's"
        + " being 1: there, add the rule below instead.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.d/99-bridge.conf)",
          "net.bridge.bridge-nf-call-iptables = 0",
          "net.bridge.bridge-nf-call-ip6tables = 0"
        ),
        FaultText.LastingCure(
          "and, so that there is something to set at boot (/etc/modules-load.d/bridge.conf)",
          "br_netfilter"
        ),
        FaultText.LastingCure(
          "or a rule in the chain whose policy is drop",
          "nft add rule inet guard forward iifname br0 oifname br0 accept"
        ),
      ],
      next: "Look at your own host: \"sysctl net.bridge\" and \"iptables -S FORWARD\"."
    ),
    topology: .resolverOnBridge,
    parts: [Part("call", "bridged frames are handed to the firewall")],
    marks: [.setting("bridge-nf-call", "1")],
    ground: { $0.ruleset += "\n" + firewall },
    apply: { _, family in [.setting(Setting(call(family), "1"))] },
    cure: { _, family in [.setting(Setting(call(family), "0"))] }
  )

  /// What a careful administrator writes: containers may go out, and answers come back.
  private static let firewall = """
    table inet guard {
      chain forward {
        type filter hook forward priority filter + 1; policy drop;
        iifname "br0" oifname "eth0" accept
        iifname "eth0" oifname "br0" ct state established,related accept
      }
    }
    """

  private static func call(_ family: IPFamily) -> String {
    family == .v4 ? "net.bridge.bridge-nf-call-iptables" : "net.bridge.bridge-nf-call-ip6tables"
  }
}
