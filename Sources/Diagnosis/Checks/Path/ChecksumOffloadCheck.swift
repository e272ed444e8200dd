internal import NetworkTypes
internal import Observation

/// Datagrams with wrong checksums.
struct ChecksumOffloadCheck: Check {
  let entry = CatalogueEntry(
    number: 44,
    id: "csum-offload",
    title: "datagrams arrive with wrong checksums, and are dropped",
    area: .path,
    severity: .info,
    mechanism: [
      "Between interfaces of one host the kernel leaves UDP and TCP checksums unfinished, because nothing can damage"
        + " a packet there; whoever sends it on a wire completes them.",
      "Some adapters, tunnels (VXLAN above all) and old kernels forget to. The packet leaves with an unfinished"
        + " checksum, and the receiver drops it and counts it.",
    ],
    why:
      "CHECKSUM_PARTIAL (include/linux/skbuff.h) marks unfinished checksums; a driver that claims to complete them"
      + " and doesn't is not noticed by the sender. The receiver counts in udp_lib_checksum_complete as InCsumErrors.",
    byHand: [
      "nstat -az UdpInCsumErrors   # in the container and on the host; it should stay where it is",
      "ethtool -k eth0 | grep checksum   # \"ethtool -K eth0 tx off\" as a trial",
    ],
    sources: ["flannel-io/flannel#1279", "k3s-io/k3s#2013", "include/linux/skbuff.h (CHECKSUM_PARTIAL)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      var worst: (name: String, errors: UInt64, total: UInt64)?
      var missing: Missing?
      let inside = namespace.bridges.flatMap(\.containers).compactMap(\.inside)
      for state in [namespace.state] + inside {
        let counters: [String: UInt64]
        do throws(Missing) {
          counters = try state.counters.needed("the protocol counters of \(state.name)") ?? [:]
        } catch {
          missing = missing ?? error
          continue
        }
        let errors = (counters["Udp.InCsumErrors"] ?? 0) + (counters["Udp6.InCsumErrors"] ?? 0)
        let total = (counters["Udp.InDatagrams"] ?? 0) + (counters["Udp6.InDatagrams"] ?? 0) + errors
        // A damaged datagram now and then is what checksums are for; one of a thousand isn't.
        guard errors >= 10, errors * 1000 >= total, errors > worst?.errors ?? 0 else { continue }
        worst = (state.name, errors, total)
      }
      if let worst { return report(namespace, worst.name, errors: worst.errors, total: worst.total) }
      if let missing { throw missing }
      return .passed("fewer than one datagram in a thousand had a wrong checksum, here and in the containers")
    }
  }

  private func report(_ namespace: NamespaceView, _ name: String, errors: UInt64, total: UInt64) -> Judgement
  {
    let uplink = namespace.uplinks.first?.name ?? "eth0"
    return finding(
      namespace.subject,
      confidence: .possible,
      summary: "\(name) dropped \(errors) of \(total) datagrams for wrong checksums.",
      consequence:
        "Answers that \(name) should have had are among them, if they came by the same way; when it was, the counter"
        + " doesn't say.",
      evidence: [
        Evidence(
          "/proc/net/snmp of \(name)",
          "Udp.InCsumErrors \(errors), Udp.InDatagrams \(total - errors)",
          "more than one in a thousand: an adapter or a tunnel sends unfinished checksums"
        )
      ],
      remedies: [
        Remedy(
          .runtime,
          "Let the kernel complete the checksums instead of the adapter.",
          commands: ["ethtool -K \(uplink) tx-checksum-ip-generic off", "nstat -az UdpInCsumErrors"]
        ),
        Remedy(
          .persistent,
          "systemd: the same from udev, at each boot.",
          files: [
            Remedy.File(
              path: "/etc/systemd/network/10-\(uplink)-checksum.link",
              content:
                "[Match]\nOriginalName=\(uplink)\n\n[Link]\nTransmitChecksumOffload=no\n"
                + "NamePolicy=keep kernel database onboard slot path\nMACAddressPolicy=persistent\n"
            )
          ]
        ),
      ]
    )
  }
}
