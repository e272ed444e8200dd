internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation

/// A bridge whose MAC is safe only as long as something else goes well.
struct BridgeMacPolicyGapCheck: Check {
  let entry = CatalogueEntry(
    number: 2,
    id: "bridge-mac-policy-gap",
    title: "a bridge's MAC is its own by luck: nothing sets it at the next boot",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "A bridge keeps its MAC if somebody sets it. On many distributions nobody has to: systemd-udevd gives every"
        + " new bridge a MAC that depends on the machine and the bridge's name (MACAddressPolicy=persistent), and"
        + " that counts as set.",
      "Other distributions ship another policy (none), have a udev that is too old (before version 242), or run"
        + " without it. There the same script or the same file makes a bridge whose MAC changes with its ports.",
      "Even with that policy there is a gap: a script that makes a bridge and adds ports at once is faster than"
        + " udev, and until udev has acted the bridge's MAC follows its ports.",
      "So a host that was cured by hand (ip link set br0 address …) is as ill as before after the next boot, and a"
        + " set-up that was tested on one distribution fails on another.",
    ],
    why:
      "udev sets a MAC when it handles the device's \"add\" event, and only for interfaces whose addr_assign_type is"
      + " NET_ADDR_PERM or NET_ADDR_RANDOM. The kernel itself leaves a new bridge at NET_ADDR_RANDOM, and"
      + " br_stp_recalculate_bridge_id then takes the smallest of the ports' addresses.",
    byHand: [
      "cat /sys/class/net/br0/addr_assign_type                     # 3: somebody set the MAC",
      "udevadm test-builtin net_setup_link /sys/class/net/br0      # names the .link file that applies",
    ],
    sources: [
      "systemd.link(5), MACAddressPolicy", "sd#30813", "sd#25555", "Fedora wiki, MAC_Address_Policy_none",
      "net/bridge/br_stp_if.c (br_stp_recalculate_bridge_id)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard bridge.carriesContainers else { return .notApplicable("no containers are on it") }
      guard !bridge.isMadeByEngine else { return .passed("its engine makes it, with a MAC of its own") }
      let assignment = try bridge.link.addressAssignment.required("who chose the MAC of \(bridge.name)")
      let (policy, why) = try host.udev("bridge", name: bridge.name, in: bridge.namespace)
      guard bridge.namespace.role == .machine else { return .notApplicable(why) }
      guard assignment == .set else {
        return .notApplicable("its MAC isn't its own even now: see bridge-mac-unstable")
      }
      let fixed = bridge.configured.first { $0.givesBridgeItsAddress }
      if let fixed { return .passed("\(fixed.file):\(fixed.line) sets its MAC at every start") }
      if let policy, policy.effect == .sets { return .passed("its MAC is set, and will be: \(why)") }
      guard let file = bridge.configured.first else {
        return .passed("its MAC was set, and no file that is read at boot makes this bridge")
      }
      return untilBoot(bridge, file: file, why: why)
    }
  }

  private func untilBoot(_ bridge: BridgeView, file: ConfiguredInterface, why: String) -> Judgement {
    finding(
      bridge.subject,
      summary: "\(bridge.name) has a MAC of its own now, but nothing sets it when it is made again.",
      consequence:
        "After the next boot its MAC changes when containers come and go, and they lose their gateway"
        + " (bridge-mac-unstable).",
      evidence: [
        Evidence(
          "/sys/class/net/\(bridge.name)/addr_assign_type",
          "3",
          "somebody set the MAC since the bridge was made"
        ),
        Evidence("\(file.file):\(file.line)", "\(bridge.name), no MAC", "what makes the bridge sets none"),
        Evidence("udev", why, "and nothing else will"),
      ],
      remedies: bridge.link.address.map {
        BridgeMacRemedies.remedies(for: bridge, address: $0).filter { $0.kind == .persistent }
      } ?? []
    )
  }
}
