internal import NetworkTypes
internal import Observation

/// A bridge that keeps every new container offline.
struct StpForwardDelayCheck: Check {
  let entry = CatalogueEntry(
    number: 12,
    id: "stp-forward-delay",
    title: "spanning tree keeps every new container offline for 30 s",
    area: .linkLayer,
    severity: .critical,
    mechanism: [
      "Spanning tree is on at the containers' bridge: NetworkManager's default for bridges, or bridge_stp on.",
      "A new container's port listens for the forward delay (15 s by default), then learns for the same time, and"
        + " forwards nothing meanwhile.",
      "A build asks at once. Its ARP request for the gateway never arrives, so no DNS request is even sent, and it gives"
        + " up before the port opens. Older containers notice nothing.",
    ],
    why:
      "A port that might close a loop must wait for the other bridges' messages before it forwards (IEEE 802.1D):"
      + " br_port_state_selection puts it to BR_STATE_LISTENING, br_forward_delay_timer_expired moves it on. With"
      + " spanning tree off, br_init_port and br_stp_enable_port let it forward at once, whatever the delay.",
    byHand: [
      "cat /sys/class/net/br0/bridge/stp_state         # 0: off",
      "cat /sys/class/net/br0/bridge/forward_delay     # hundredths of a second, twice",
      "bridge link show                                # \"state listening\" or \"state learning\"",
    ],
    sources: [
      "one-deploy#290", "NetworkManager, setting bridge.stp", "bridge-utils-interfaces(5)",
      "net/bridge/br_stp.c",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let state = try bridge.readOption("stp_state") else {
        throw Missing(what: "whether spanning tree is on at \(bridge.name)")
      }
      if state == "0" { return .passed("spanning tree is off: new ports forward at once") }
      guard bridge.carriesContainers else {
        return .notApplicable(
          "spanning tree is on, but no engine puts containers on it (virtual machines can wait)"
        )
      }
      return judge(bridge, state: state)
    }
  }

  private func judge(_ bridge: BridgeView, state: String) -> Judgement {
    let delay = Double(bridge.option("forward_delay") ?? 1500) / 100
    let wait = (2 * delay).inWords
    var evidence = [
      Evidence(
        "/sys/class/net/\(bridge.name)/bridge/stp_state",
        state,
        state == "2" ? "spanning tree is on, by a program (mstpd)" : "spanning tree is on, by the kernel"
      ),
      Evidence(
        "/sys/class/net/\(bridge.name)/bridge/forward_delay",
        bridge.link.bridge?["forward_delay"] ?? "unknown",
        "a new port waits twice so long: \(wait) s"
      ),
    ]
    let states = ["1": "listening", "2": "learning"]
    for port in bridge.ports {
      if let state = port.port?["state"], let word = states[state] {
        let name = bridge.containers.first { $0.port.index == port.index }?.name
        evidence.append(
          Evidence(
            "/sys/class/net/\(port.name)/brport/state",
            state,
            "\(name ?? "what is behind it") is offline right now: the port is \(word)"
          )
        )
      }
    }
    let out = bridge.outwardPorts.map(\.name)
    let caution =
      out.isEmpty ? "" : " First make sure that \(out.joined(separator: ", ")) can't be part of a loop."
    return finding(
      bridge.subject,
      summary: "Every container that starts on \(bridge.name) is offline for \(wait) s.",
      consequence:
        "Lookups of new containers fail until then; now on it: \(bridge.containersInWords).",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Switch spanning tree off and let ports that wait forward now.\(caution)",
          commands: [
            "ip link set dev \(bridge.name) type bridge stp_state 0",
            "for port in $(ls /sys/class/net/\(bridge.name)/brif); do bridge link set dev $port state 3; done",
          ]
        )
      ]
        + BridgeFiles(
          topic: "stp",
          text: "Spanning tree off",
          command: "ip link set dev \(bridge.name) type bridge stp_state 0",
          netdev: "[Bridge]\nSTP=no",
          nmcli: "bridge.stp no",
          netplan: "{parameters: {stp: false, forward-delay: 0}}"
        ).remedies(for: bridge)
    )
  }
}
