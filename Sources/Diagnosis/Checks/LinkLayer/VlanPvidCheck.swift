internal import NetworkTypes
internal import Observation

/// A bridge that filters VLANs and gives new ports none.
struct VlanPvidCheck: Check {
  let entry = CatalogueEntry(
    number: 13,
    id: "vlan-pvid",
    title: "a VLAN-filtering bridge has no VLAN for untagged frames",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "A bridge with vlan_filtering=1 takes an untagged frame only if its port has a VLAN for such frames (a PVID)."
        + " New ports get the bridge's default_pvid, 1 by default.",
      "With default_pvid=0 they get none. Containers send untagged frames, so everything from a new container is"
        + " dropped at its port, unless somebody adds a VLAN to each new port. The bridge itself needs one too, or the"
        + " host can't be reached.",
    ],
    why:
      "br_allowed_ingress drops an untagged frame at a port without PVID. nbp_vlan_init adds default_pvid to a new port,"
      + " and none if that is 0.",
    byHand: [
      "cat /sys/class/net/br0/bridge/vlan_filtering /sys/class/net/br0/bridge/default_pvid",
      "bridge vlan show    # each container's port and br0 itself should have \"PVID Egress Untagged\"",
    ],
    sources: ["lxc/lxd#10926", "bridge(8)", "net/bridge/br_vlan.c (br_allowed_ingress, nbp_vlan_init)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let filtering = try bridge.readOption("vlan_filtering") else {
        return .passed("this kernel's bridges don't filter VLANs")
      }
      if filtering == "0" { return .passed("it doesn't filter VLANs") }
      guard bridge.carriesContainers else { return .notApplicable("no containers are on it") }
      guard let standard = try bridge.readOption("default_pvid") else {
        throw Missing(what: "the default VLAN of \(bridge.name)")
      }
      if standard != "0" { return .passed("it filters VLANs, and new ports are in VLAN \(standard)") }
      return finding(
        bridge.subject,
        confidence: .possible,
        summary: "\(bridge.name) filters VLANs and gives new ports none for untagged frames.",
        consequence:
          "Unless something adds a VLAN to each new port, containers on it reach nobody. Which VLANs the ports have now"
          + " isn't part of a snapshot: see \"bridge vlan show\".",
        evidence: [
          Evidence("/sys/class/net/\(bridge.name)/bridge/vlan_filtering", filtering, "VLANs are filtered"),
          Evidence(
            "/sys/class/net/\(bridge.name)/bridge/default_pvid",
            "0",
            "a new port has no VLAN of its own"
          ),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Put the ports and the bridge itself into one VLAN for untagged frames.",
            commands: bridge.ports.map { "bridge vlan add dev \($0.name) vid 1 pvid untagged" }
              + ["bridge vlan add dev \(bridge.name) vid 1 pvid untagged self"]
          )
        ]
          + BridgeFiles(
            topic: "vlan",
            text: "New ports get VLAN 1",
            command: "ip link set dev \(bridge.name) type bridge vlan_default_pvid 1",
            netdev: "[Bridge]\nDefaultPVID=1",
            nmcli: "bridge.vlan-default-pvid 1",
            netplan: nil
          ).remedies(for: bridge)
      )
    }
  }
}
