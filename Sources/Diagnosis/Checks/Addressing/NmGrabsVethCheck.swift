internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation

/// A container's veth that somebody took off its bridge or configured.
struct NmGrabsVethCheck: Check {
  let entry = CatalogueEntry(
    number: 20,
    id: "nm-grabs-veth",
    title: "a network manager configures a container's veth",
    area: .addressing,
    severity: .warning,
    mechanism: [
      "NetworkManager sees a new Ethernet interface, the host's end of a container's veth, and a profile or default that"
        + " is for all wired interfaces. It takes it off the bridge and asks for an address by DHCP.",
      "The container is then behind a cable to nowhere, from a moment after its start. Now and then the engine wins, so"
        + " it looks random.",
    ],
    why:
      "An interface is a bridge's port only as long as its master is set; whoever sets another or none (RTM_NEWLINK,"
      + " IFLA_MASTER) takes it off. NetworkManager leaves veths alone only through a rule of udev"
      + " (85-nm-unmanaged.rules, NM_UNMANAGED) or unmanaged-devices.",
    byHand: [
      "nmcli device | grep veth      # all should be \"unmanaged\"",
      "ip -br link show type veth; ls /sys/class/net/docker0/brif   # a veth that is missing here",
    ],
    sources: ["CybICS#224", "NetworkManager.conf(5), unmanaged-devices"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let orphans = try host.orphans(of: namespace)
      if let first = orphans.first {
        return grabbed(
          namespace,
          summary:
            "\(first.container) is cut off: its veth, \(first.link.name), isn't on \(first.bridge) any more.",
          evidence: orphans.map {
            Evidence(
              "rtnetlink",
              "\($0.link.name) has no master",
              "\($0.container)'s gateway, \($0.gateway), is on \($0.bridge)"
            )
          },
          cures: orphans.map { "ip link set dev \($0.link.name) master \($0.bridge)" }
        )
      }
      let addresses = try namespace.state.addresses.needed("the addresses of \(namespace.state.name)") ?? []
      let ports = namespace.bridges.flatMap(\.containers).map(\.port)
      let configured = addresses.filter { address in
        address.prefix.address.family == .v4 && ports.contains { $0.index == address.interface }
      }
      if let first = configured.first, let link = namespace.link(first.interface) {
        return grabbed(
          namespace,
          summary: "\(link.name), a container's port, has an address of its own: \(first.prefix).",
          evidence: configured.map {
            Evidence(
              "rtnetlink",
              "\(namespace.link($0.interface)?.name ?? "a port") has \($0.prefix)",
              "a bridge's port needs none; a DHCP client or network manager gave it one"
            )
          },
          cures: configured.compactMap { address in
            namespace.link(address.interface).map { "ip addr del \(address.prefix) dev \($0.name)" }
          }
        )
      }
      if let profile = try greedyProfile(for: ports, in: namespace, host) {
        return grabbed(
          namespace,
          confidence: .possible,
          summary: "NetworkManager has a profile that is for containers' veths too.",
          evidence: [
            Evidence(
              "\(profile.file):\(profile.line)",
              "matches \(profile.name)",
              "a new veth may get this profile"
            )
          ],
          cures: []
        )
      }
      return .passed("every container's veth is on its bridge and has no address")
    }
  }

  private func grabbed(
    _ namespace: NamespaceView,
    confidence: Confidence = .certain,
    summary: String,
    evidence: [Evidence],
    cures: [String]
  ) -> Judgement {
    finding(
      namespace.subject,
      confidence: confidence,
      summary: summary,
      consequence: "Containers lose their network a moment after their start, some of them.",
      evidence: evidence,
      remedies: (cures.isEmpty ? [] : [Remedy(.runtime, "As it was.", commands: cures)]) + [
        Remedy(
          .persistent,
          "NetworkManager: leave the engines' interfaces alone. The key replaces others of its name: add what they have.",
          commands: ["nmcli general reload"],
          files: [
            Remedy.File(
              path: "/etc/NetworkManager/conf.d/90-container-engines.conf",
              content:
                "[keyfile]\nunmanaged-devices=interface-name:veth*;interface-name:br-*;interface-name:docker0\n"
            )
          ]
        )
      ]
    )
  }

  /// A profile of NetworkManager's for interfaces by a pattern that veths match.
  private func greedyProfile(
    for ports: [LinkSnapshot],
    in namespace: NamespaceView,
    _ host: HostView
  ) throws(Missing) -> ConfiguredInterface? {
    guard namespace.state.role == .machine, let port = ports.first else { return nil }
    let managers = try host.snapshot.management.managers.needed("the network's managers") ?? []
    guard managers.contains(.networkManager) else { return nil }
    let all = try host.snapshot.management.interfaces.needed("NetworkManager's files") ?? []
    let identity = LinkIdentity(name: port.name, kind: "veth", address: port.address)
    guard all.areLeavingAlone(identity) == false else { return nil }
    return all.first {
      $0.manager == .networkManager && $0.isPattern && $0.settings["unmanaged"] == nil
        && $0.isFor(identity) == true
    }
  }
}

/// A veth that leads to a container and isn't on the bridge that the container's gateway is on.
struct OrphanedVeth {
  let link: LinkSnapshot
  let container: String
  let bridge: String
  let gateway: IPAddress
}

extension HostView {
  /// The veths of a namespace that lead to a container whose gateway is a bridge's address, without being on it.
  func orphans(of namespace: NamespaceView) throws(Missing) -> [OrphanedVeth] {
    _ = try namespace.state.addresses.needed("the addresses of \(namespace.state.name)")
    var found: [OrphanedVeth] = []
    for link in namespace.links where link.kind == "veth" && link.master == nil {
      guard let peer = link.peer, peer.namespace != namespace.state.id,
        let inside = snapshot.namespaces.first(where: { $0.id == peer.namespace })
      else { continue }
      let routes = (inside.routes.value ?? []).filter {
        $0.destination.length == 0 && $0.interface == peer.index
      }
      for gateway in routes.compactMap(\.gateway) {
        guard let bridge = namespace.bridges.first(where: { $0.gateways.contains { $0.address == gateway } })
        else {
          continue
        }
        found.append(
          OrphanedVeth(link: link, container: inside.name, bridge: bridge.name, gateway: gateway)
        )
        break
      }
    }
    return found
  }
}
