internal import Observation

/// A kernel whose modules are gone from the disk.
struct KernelModulesMissingCheck: Check {
  let entry = CatalogueEntry(
    number: 41,
    id: "kernel-modules-missing",
    title: "the running kernel's modules are gone: what isn't loaded can't be",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "The kernel package was upgraded and its old modules removed, or an image has none; the old kernel still runs.",
      "What was loaded goes on working. The first thing that needs another module fails: a table, a match, an ipset, a"
        + " bridge or veth.",
      "dockerd then reports a missing kernel module, or makes its rules in part.",
    ],
    why:
      "iptables, nft and dockerd rely on the kernel's request_module, which runs modprobe; that looks in"
      + " /lib/modules/RELEASE of the running kernel only.",
    byHand: [
      "ls -d /lib/modules/$(uname -r)   # must exist, unless everything is built in",
      "journalctl -u docker | grep -i -e module -e \"can't initialize\"",
    ],
    sources: ["m#49505", "m#49557", "coreos/fedora-coreos-tracker#1998", "modprobe(8)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    let judged = result(.host) { () throws(Missing) in try judge(host) }
    return [judged]
  }

  private func judge(_ host: HostView) throws(Missing) -> Judgement {
    let machine = host.snapshot.machine
    let hasContainers = host.bridges.contains(where: \.isForContainers) || !host.snapshot.engines.isEmpty
    guard hasContainers else { return .notApplicable("there are no containers that would need modules") }
    let kernel = host.snapshot.origin.kernel
    guard let hasFolder = try machine.hasModulesFolder.needed("whether /lib/modules/\(kernel) exists") else {
      return .notApplicable("it doesn't say whether the kernel has modules")
    }
    if hasFolder { return .passed("/lib/modules/\(kernel) is there") }
    let loaded = Set(try machine.modules.needed("the loaded modules") ?? [])
    let missing = needs(host).filter { !$0.isThere(loaded) }.map(\.name)
    guard let first = missing.first else {
      // A kernel with everything built in has no modules at all.
      return .passed(
        "/lib/modules/\(kernel) doesn't exist, but all that containers need is loaded or built in"
      )
    }
    return finding(
      .host,
      confidence: .likely,
      summary: "/lib/modules/\(kernel) doesn't exist, and \(first) isn't loaded.",
      consequence: "What needs \(missing.joined(separator: ", ")) fails until the machine is booted anew.",
      evidence: [
        Evidence("/lib/modules", "no \(kernel)", "the running kernel can load no further module"),
        Evidence(
          "/proc/modules, /sys/module",
          "without \(missing.joined(separator: ", "))",
          "containers need these"
        ),
      ],
      remedies: [
        Remedy(.runtime, "Boot the kernel whose modules are there.", commands: ["systemctl reboot"]),
        Remedy(
          .persistent,
          "Keep the running kernel's package until the next boot: on Debian, unattended-upgrades with a reboot time.",
          files: [
            Remedy.File(
              path: "/etc/apt/apt.conf.d/52-reboot-after-kernel",
              content:
                "Unattended-Upgrade::Automatic-Reboot \"true\";\nUnattended-Upgrade::Automatic-Reboot-Time \"04:30\";\n"
            )
          ]
        ),
      ]
    )
  }

  private struct Need {
    let name: String
    /// What else shows that it is there.
    let isShown: Bool
    let alternatives: [String]

    func isThere(_ loaded: Set<String>) -> Bool { isShown || alternatives.contains { loaded.contains($0) } }
  }

  private func needs(_ host: HostView) -> [Need] {
    let spaces = host.snapshot.namespaces
    return [
      Need(name: "bridge", isShown: !host.bridges.isEmpty, alternatives: ["bridge"]),
      Need(
        name: "connection tracking (nf_conntrack)",
        isShown: spaces.contains { $0.tracking.value != nil },
        alternatives: ["nf_conntrack"]
      ),
      Need(
        name: "a packet filter (nf_tables or ip_tables)",
        isShown: host.namespaces.contains { !($0.ruleset.value?.chains.isEmpty ?? true) },
        alternatives: ["nf_tables", "ip_tables"]
      ),
    ]
  }
}
