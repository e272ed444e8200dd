internal import NetworkTypes
internal import Observation

/// An uplink whose IPv6 default route comes by router advertisements, on a host that forwards and so ignores them.
struct RouterAdvertisementCheck: Check {
  let entry = CatalogueEntry(
    number: 46,
    id: "ipv6-ra-lost",
    title: "a host that forwards IPv6 ignores advertisements and loses its route",
    area: .path,
    severity: .critical,
    mechanism: [
      "The host has its IPv6 default route from a router's advertisements (RA). Then a container engine, or a"
        + " sysctl file, switches IPv6 forwarding on.",
      "From that moment on the kernel takes the host for a router, deletes the default routes that advertisements"
        + " made, and ignores further ones, because accept_ra=1 means: unless forwarding.",
      "IPv6 is cut off, for the host and all containers. Programs that try IPv6 first wait until they give up. It"
        + " comes and goes with the order in which services start.",
    ],
    why:
      "ipv6_accept_ra (include/net/ipv6.h) is accept_ra == 2, or accept_ra == 1 and no forwarding. When forwarding is"
      + " switched on, rt6_purge_dflt_routers (net/ipv6/route.c) deletes the advertised default routes of"
      + " interfaces whose accept_ra isn't 2. dockerd switches forwarding on for networks with IPv6.",
    byHand: [
      "sysctl net.ipv6.conf.all.forwarding net.ipv6.conf.eth0.accept_ra   # 1 and 1 lose the route",
      "ip -6 route show default   # \"proto ra\": by the kernel from advertisements",
      "rdisc6 eth0   # does a router advertise itself?",
    ],
    sources: [
      "m#43466", "fl#844", "Documentation/networking/ip-sysctl.rst, accept_ra",
      "net/ipv6/route.c (rt6_purge_dflt_routers)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in try judge(namespace, host) }
  }

  private func judge(_ namespace: NamespaceView, _ host: HostView) throws(Missing) -> Judgement {
    let name = namespace.state.name
    let routes = try namespace.state.routes.needed("the routes of \(name)") ?? []
    let addresses = try namespace.state.addresses.needed("the addresses of \(name)") ?? []
    let defaults = routes.filter {
      $0.destination.length == 0 && $0.destination.address.family == .v6 && $0.type == "unicast"
    }
    for link in namespace.links where link.kind != "bridge" || !isForContainers(link, namespace) {
      if link.master != nil || link.name == "lo" { continue }
      let advertised = defaults.filter { $0.origin == "ra" && $0.interface == link.index }
      let own = addresses.filter {
        $0.interface == link.index && $0.prefix.address.family == .v6 && $0.scope == "global"
          && $0.flags.contains("dynamic")
      }
      // Without either nothing of this interface came by an advertisement.
      guard !advertised.isEmpty || !own.isEmpty else { continue }
      let accepts = try setting("net/ipv6/conf/IF/accept_ra", of: link, namespace)
      // With 0 a program listens to advertisements itself (systemd-networkd, NetworkManager), with 2 the kernel.
      guard accepts == "1" else { continue }
      let forwards = try setting("net/ipv6/conf/IF/forwarding", of: link, namespace)
      guard forwards == "1" else { continue }
      if advertised.isEmpty, defaults.contains(where: { $0.origin != "ra" }) { continue }
      return report(namespace, link, route: advertised.first, address: own.first)
    }
    if defaults.isEmpty {
      return .passed("nothing here comes by router advertisements, and IPv6 has no way out")
    }
    return .passed("the IPv6 default route stays: it isn't made by advertisements that the kernel ignores")
  }

  private func isForContainers(_ link: LinkSnapshot, _ namespace: NamespaceView) -> Bool {
    namespace.bridges.contains { $0.link.index == link.index && $0.isForContainers }
  }

  private func setting(
    _ pattern: String,
    of link: LinkSnapshot,
    _ namespace: NamespaceView
  ) throws(Missing) -> String? {
    let key = SnapshotSettings.key(pattern, interface: link.name)
    return try namespace.setting(pattern, of: link.name).needed("\(key) of \(namespace.state.name)")
  }

  private func report(
    _ namespace: NamespaceView,
    _ link: LinkSnapshot,
    route: RouteSnapshot?,
    address: AddressSnapshot?
  ) -> Judgement {
    let key = SnapshotSettings.key("net/ipv6/conf/IF/accept_ra", interface: link.name)
    var evidence = [
      Evidence(
        SnapshotSettings.key("net/ipv6/conf/IF/forwarding", interface: link.name),
        "1",
        "the kernel takes this host for a router on \(link.name)"
      ),
      Evidence(key, "1", "advertisements count unless the host forwards; so they are ignored"),
    ]
    if let route {
      evidence.append(
        Evidence(
          "rtnetlink",
          "default via \(route.gateway.map(\.description) ?? "the link") dev \(link.name) proto ra",
          "made by an advertisement; nothing renews it, and it ends with its lifetime"
        )
      )
    } else if let address {
      evidence.append(
        Evidence(
          "rtnetlink",
          "\(address.prefix) dev \(link.name) dynamic, and no IPv6 default route",
          "the address was made from an advertisement, and the route that came with it is gone"
        )
      )
    }
    let ifupdown = "/etc/sysctl.d/90-\(link.name)-accept-ra.conf"
    return finding(
      namespace.subject,
      confidence: route == nil ? .likely : .certain,
      summary: route == nil
        ? "\(link.name) lost its IPv6 default route, because this host forwards and ignores advertisements."
        : "\(link.name) will lose its IPv6 default route: this host forwards and ignores advertisements.",
      consequence:
        "IPv6 ends at this host, for itself and for its containers; what tries IPv6 first waits.",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Let the kernel take advertisements although it forwards, and ask for one.",
          commands: ["sysctl -w \(key)=2", "rdisc6 \(link.name)"]
        ),
        Remedy(
          .persistent,
          "sysctl.d: read at boot, before the interface comes up.",
          files: [Remedy.File(path: ifupdown, content: "\(key) = 2\n")]
        ),
        Remedy(
          .persistent,
          "systemd-networkd: it listens to advertisements itself, whatever the kernel does.",
          files: [
            Remedy.File(
              path: "/etc/systemd/network/10-\(link.name).network.d/accept-ra.conf",
              content: "[Network]\nIPv6AcceptRA=yes\n"
            )
          ]
        ),
      ]
    )
  }
}
