internal import NetworkTypes
internal import Observation

/// A machine so busy that resolvers wait for a processor.
struct CPUStarvationCheck: Check {
  let entry = CatalogueEntry(
    number: 64,
    id: "cpu-starvation",
    title: "resolvers wait for a processor, and answers come late or never",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "Builds take all processors. A resolver in a container with a CPU quota is stopped for the rest of each"
        + " period once it has used it up; one without waits its turn.",
      "Meanwhile its receive buffer fills, and the kernel drops further questions. The part of the kernel that"
        + " forwards packets waits too, for it runs in threads when there is much to do.",
    ],
    why:
      "CFS bandwidth control (cpu.max) throttles a cgroup, counted as nr_throttled in cpu.stat; net_rx_action ends"
      + " after netdev_budget packets or netdev_budget_usecs, counted as time_squeeze, and leaves the rest to"
      + " ksoftirqd.",
    byHand: [
      "cat /proc/pressure/cpu   # some avg300: per cent of the time in which somebody waited",
      "grep -E 'nr_throttled|throttled_usec' /sys/fs/cgroup/**/cpu.stat",
      "awk '{print $3}' /proc/net/softnet_stat   # time_squeeze of each processor, hexadecimal",
    ],
    sources: ["Documentation/accounting/psi.rst", "Documentation/admin-guide/cgroup-v2.rst, cpu.max"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    [result(.host) { () throws(Missing) in try judge(host) }]
  }

  private func judge(_ host: HostView) throws(Missing) -> Judgement {
    let machine = host.snapshot.machine
    guard let pressure = try machine.pressure.needed("/proc/pressure/cpu") else {
      return .notApplicable("this kernel doesn't measure pressure (CONFIG_PSI)")
    }
    let share = pressure["some.avg300"] ?? pressure["some.avg60"] ?? pressure["some.avg10"] ?? 0
    let squeezed = squeeze(machine)
    let rounded = Int(share.rounded())
    let lost = dropped(host)
    guard share >= 40 || squeezed >= 0.05 else {
      return .passed("somebody waited for a processor in \(rounded) % of the last five minutes")
    }
    var evidence = [
      Evidence(
        "/proc/pressure/cpu",
        "some avg300=\(rounded)",
        "per cent of the last five minutes in which something that could run had to wait"
      )
    ]
    if squeezed >= 0.05 {
      evidence.append(
        Evidence(
          "/proc/net/softnet_stat",
          "time_squeeze \(Int(squeezed * 100)) % of the packets",
          "since boot, the kernel ended its turn with packets left"
        )
      )
    }
    if let lost {
      evidence.append(
        Evidence(
          "/proc/net/udp of \(lost.namespace)",
          "\(lost.listener.address):\(lost.listener.port) drops \(lost.listener.drops ?? 0)",
          "questions that a resolver didn't fetch in time"
        )
      )
    }
    return finding(
      .host,
      severity: lost == nil ? .info : nil,
      confidence: lost == nil ? .possible : .likely,
      summary: "Processors are short: something waited in \(rounded) % of the last five minutes.",
      consequence: lost == nil
        ? "Nothing shows that a resolver suffered; quotas of containers (nr_throttled) aren't in a snapshot."
        : "A resolver lost questions meanwhile, or at another time since it was started.",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Give the resolver a larger share than builds have.",
          commands: ["systemctl set-property --runtime systemd-resolved.service CPUWeight=1000"]
        ),
        Remedy(
          .persistent,
          "systemd: the same for good; for a resolver in a container: docker update --cpu-shares 8192 CONTAINER.",
          files: [
            Remedy.File(
              path: "/etc/systemd/system/systemd-resolved.service.d/weight.conf",
              content: "[Service]\nCPUWeight=1000\n"
            )
          ]
        ),
      ]
    )
  }

  /// The share of packets after which the kernel had to stop; 0 if that isn't known.
  private func squeeze(_ machine: MachineSnapshot) -> Double {
    guard let softnet = machine.softnet.value, let processed = softnet["processed"], processed >= 10000 else {
      return 0
    }
    return Double(softnet["timeSqueeze"] ?? 0) / Double(processed)
  }

  /// A resolver's socket that lost more than a few.
  private func dropped(_ host: HostView) -> (namespace: String, listener: ListenerSnapshot)? {
    for state in host.snapshot.namespaces {
      for listener in state.listeners.value ?? [] where listener.port == 53 && (listener.drops ?? 0) >= 20 {
        return (state.name, listener)
      }
    }
    return nil
  }
}
