internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation

/// Forwarding that is off, or that a file switches off at the next boot.
struct IpForwardResetCheck: Check {
  let entry = CatalogueEntry(
    number: 25,
    id: "ip-forward-reset",
    title: "forwarding between interfaces was switched off, or will be",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "A host passes packets from its containers on to other interfaces only while net.ipv4.ip_forward (and for IPv6"
        + " net.ipv6.conf.all.forwarding) is 1.",
      "dockerd sets it to 1 when it starts, and never looks again. A hardening file, \"sysctl -p\", systemd-sysctl or a"
        + " restart of the network sets it back to 0.",
      "From that moment on every packet that a container sends out is dropped without a word to the container. The"
        + " host's own lookups work.",
    ],
    why:
      "ip_route_input_slow looks at the receiving interface's forwarding flag (IN_DEV_FORWARD) and gives the packet the"
      + " route \"no host is to be reached\" if it is off; the packet counts as Ip.InAddrErrors. Writing ip_forward sets"
      + " the flag of all interfaces (inet_forward_change); dockerd's setupIPForwarding runs only when a bridge network"
      + " is initialised.",
    byHand: [
      "sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding   # both must be 1",
      "grep -rs 'forward' /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d   # the last file wins",
      "nstat -az IpInAddrErrors IpForwDatagrams   # the first grows and the second stands still while it is off",
    ],
    sources: [
      "m#47966", "geerlingguy/ansible-role-docker#158", "ip-sysctl.rst, ip_forward", "sysctl.d(5)",
      "sysctl(8), -p",
      "net/ipv4/route.c (ip_route_input_slow)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let bridges = namespace.bridges.filter { $0.notRouted(in: namespace) == nil }
      guard !bridges.isEmpty else {
        return .notApplicable("no bridge has containers that the host routes for")
      }
      for (family, name) in [
        (IPFamily.v4, "net.ipv4.ip_forward"), (.v6, "net.ipv6.conf.all.forwarding"),
      ] {
        let concerned = bridges.filter { $0.routes(family, in: namespace) }
        guard !concerned.isEmpty else { continue }
        if try namespace.setting(name).needed(name) == "0" {
          return off(name, family, concerned, namespace)
        }
      }
      if let judgement = try interfaceOff(bridges, namespace) { return judgement }
      if namespace.state.role == .machine, let judgement = try nextBoot(bridges, host, namespace) {
        return judgement
      }
      return .passed("forwarding is on, and nothing that was read switches it off")
    }
  }

  private func off(
    _ name: String,
    _ family: IPFamily,
    _ bridges: [BridgeView],
    _ namespace: NamespaceView
  ) -> Judgement {
    var evidence = [
      Evidence(
        "sysctl",
        "\(name) = 0",
        "the host drops what isn't for itself, whichever interface it came by"
      )
    ]
    if family == .v4, let errors = namespace.state.counters.value?["Ip.InAddrErrors"] {
      evidence.append(
        Evidence(
          "/proc/net/snmp",
          "Ip.InAddrErrors = \(errors)",
          "each packet that is dropped for it counts here"
        )
      )
    }
    return finding(
      namespace.subject,
      summary: "\(name) is 0: the host forwards nothing for its containers.",
      consequence: "Cut off from everything outside the host: \(bridges.affected).",
      evidence: evidence,
      remedies: remedies(name)
    )
  }

  /// ip_forward is 1, and one interface's own flag is 0.
  private func interfaceOff(
    _ bridges: [BridgeView],
    _ namespace: NamespaceView
  ) throws(Missing) -> Judgement? {
    for link in bridges.map(\.link) + namespace.uplinks {
      let pattern = "net/ipv4/conf/IF/forwarding"
      let key = SnapshotSettings.key(pattern, interface: link.name)
      guard let reading = namespace.setting(pattern, of: link.name), try reading.needed(key) == "0" else {
        continue
      }
      let isBridge = link.kind == "bridge"
      return finding(
        namespace.subject,
        summary: "\(key) is 0: the host forwards nothing that comes in by \(link.name).",
        consequence:
          isBridge
          ? "What the containers on \(link.name) send out is dropped."
          : "Answers that come in by \(link.name) never reach the containers: \(bridges.affected).",
        evidence: [
          Evidence("sysctl", "\(key) = 0", "the interface's own flag decides for what it receives")
        ],
        remedies: remedies(key)
      )
    }
    return nil
  }

  /// It is on now; the files say what it will be.
  private func nextBoot(
    _ bridges: [BridgeView],
    _ host: HostView,
    _ namespace: NamespaceView
  ) throws(Missing) -> Judgement? {
    let management = host.snapshot.management
    let lines = try management.bootSettings.needed("the files of sysctl.d") ?? []
    let names = ["net.ipv4.ip_forward", "net.ipv4.conf.all.forwarding"]
    if let last = lines.deciding(names[0], names[1]), last.value == "0" {
      return latent(
        last,
        "at the next boot, and whenever systemd-sysctl or \"sysctl --system\" runs",
        bridges
      )
    }
    let plain = lines.last { line in line.isReadByPlainSysctl && names.contains { line.sets($0) } }
    if let plain, plain.value == "0" {
      return latent(plain, "whenever somebody runs \"sysctl -p\", which reads this file alone", bridges)
    }
    let interfaces = management.interfaces.value ?? []
    if let unit = interfaces.first(where: { $0.settings["ipv4-forwarding"] == "no" && $0.touches(namespace) })
    {
      return finding(
        .host,
        severity: .warning,
        summary: "\(unit.file) switches forwarding off on \(unit.name).",
        consequence:
          "When \(unit.manager.rawValue) applies it again, these containers are cut off: \(bridges.affected).",
        evidence: [
          Evidence(
            "\(unit.file):\(unit.line)",
            "IPv4Forwarding=no",
            "the manager sets the interface's own flag to 0"
          )
        ],
        remedies: remedies("net.ipv4.ip_forward")
      )
    }
    return nil
  }

  private func latent(_ line: BootSetting, _ when: String, _ bridges: [BridgeView]) -> Judgement {
    finding(
      .host,
      severity: .warning,
      summary: "\(line.file) switches forwarding off \(when).",
      consequence:
        "dockerd switches it on only when it starts. From then on cut off until it is restarted: \(bridges.affected).",
      evidence: [
        Evidence("\(line.file):\(line.line)", "\(line.name) = \(line.value)", "no later file sets it to 1"),
        Evidence("sysctl", "net.ipv4.ip_forward = 1", "it is on at present"),
      ],
      remedies: [
        Remedy(
          .persistent,
          line.isReadByPlainSysctl
            ? "Take line \(line.line) out of \(line.file): \"sysctl -p\" reads that file alone, and procps reads it last."
            : "A file that sorts after \(line.file). With forwarding on before it starts, dockerd no longer sets the"
              + " FORWARD chain's policy to drop: see to it that your own rules do.",
          files: line.isReadByPlainSysctl ? [] : [Self.file("net.ipv4.ip_forward")]
        )
      ]
    )
  }

  private func remedies(_ name: String) -> [Remedy] {
    [
      Remedy(.runtime, "Switch it on.", commands: ["sysctl -w \(name)=1"]),
      Remedy(
        .persistent,
        "systemd-sysctl: a file that sorts after the others. With forwarding on before it starts, dockerd no longer"
          + " sets the FORWARD chain's policy to drop: see to it that your own rules do.",
        files: [Self.file(name)]
      ),
    ]
  }

  private static func file(_ name: String) -> Remedy.File {
    Remedy.File(path: "/etc/sysctl.d/99-z-container-forwarding.conf", content: "\(name) = 1\n")
  }
}

extension [BridgeView] {
  /// The bridges with their containers: "br0 (a, b); docker0 (no container is on it now)".
  var affected: String {
    let shown = prefix(4).map { "\($0.name) (\($0.containersInWords))" }
    return shown.joined(separator: "; ") + (count > 4 ? " and \(count - 4) more bridges" : "")
  }
}

extension BridgeView {
  /// Whether the host routes packets of a family for its containers: it has an address, and with IPv6 there is a
  /// way out.
  func routes(_ family: IPFamily, in namespace: NamespaceView) -> Bool {
    guard gateways.contains(where: { $0.address.family == family }) else { return false }
    guard family == .v6 else { return true }
    return (namespace.state.routes.value ?? []).contains {
      $0.destination.length == 0 && $0.destination.address.family == .v6 && $0.type == "unicast"
    }
  }
}

extension ConfiguredInterface {
  /// Whether it names a bridge or an uplink of a namespace.
  fileprivate func touches(_ namespace: NamespaceView) -> Bool {
    !isPattern
      && (namespace.bridges.contains { $0.name == name } || namespace.uplinks.contains { $0.name == name })
  }
}
