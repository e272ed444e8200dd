internal import Docker
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import SystemPackage

/// Finds the engines that have no daemon to ask, or none that need run: by their files, their containers' processes
/// and their bridges' usual names. Enough to know whose a bridge is.
struct FileSensor {
  let processes: ProcessList
  /// The names of the interfaces in our network namespace.
  let interfaces: [String]
  /// The id of our network namespace, in which their bridges are.
  var namespace = ProcessList.Entry.namespace("net", of: "self")

  /// Podman, containerd with CNI, libvirt and LXC, each if there is a trace of it.
  func sense(_ root: borrowing ProcessRoot) -> [EngineSnapshot] {
    let cni = CNINetworks.read(root)
    return [podman(root, cni), containerd(root, cni), libvirt(root), lxc(root)].compactMap(\.self)
  }

  private func podman(_ root: borrowing ProcessRoot, _ cni: CNINetworks) -> EngineSnapshot? {
    var networks: [EngineNetwork] = []
    var mistake: String?
    for name in json(in: "/etc/containers/networks", root) {
      let path = "/etc/containers/networks/" + name
      do {
        if let network = try PodmanNetwork.read(JSONValue(parsing: root.read(path))) {
          networks.append(network)
        }
      } catch let error as ConfigurationMistake {
        mistake = mistake ?? "\(path):\(error.line): \(error.what)"
      } catch {
        mistake = mistake ?? "\(error)"
      }
    }
    networks += cni.networks.filter { $0.isPodmans }.map(\.network)
    let known = Set(networks.map(\.name))
    let containers = containers(of: "conmon", PodmanContainer.read)
    let traces = ["/var/lib/containers/storage/libpod", "/run/libpod"].contains { root.identity($0) != nil }
    let bridges = interfaces.filter { isNumbered($0, "podman") || isNumbered($0, "cni-podman") }
    let isThere = traces || mistake != nil || !networks.isEmpty || !containers.isEmpty || !bridges.isEmpty
    guard isThere else { return nil }
    // The usual network is in no file unless somebody changed it.
    if !known.contains("podman") {
      let settings = (try? root.read("/etc/containers/containers.conf")) ?? ""
      networks.append(PodmanNetwork.usual(settings: settings))
    }
    networks += unnamed(bridges, besides: networks)
    return engine(
      .podman,
      process: nil,
      networks: mistake.map { .unreadable(reason: $0) } ?? .value(networks),
      containers: containers
    )
  }

  private func containerd(_ root: borrowing ProcessRoot, _ cni: CNINetworks) -> EngineSnapshot? {
    var networks = cni.networks.filter { !$0.isPodmans }.map(\.network)
    let bridges = interfaces.filter { ["cni0", "nerdctl0"].contains($0) }
    // Docker has its own containers' shims in containerd's namespace "moby".
    let containers = containers(of: "containerd-shim", ContainerdContainer.read)
    guard !networks.isEmpty || !bridges.isEmpty || !containers.isEmpty || cni.mistake != nil else {
      return nil
    }
    networks += unnamed(bridges, besides: networks)
    let daemon = processes.named("containerd").first { processes[$0.parent]?.name != "dockerd" }
    return engine(
      .containerd,
      process: daemon,
      networks: cni.mistake.map { .unreadable(reason: $0) } ?? .value(networks),
      containers: containers
    )
  }

  private func libvirt(_ root: borrowing ProcessRoot) -> EngineSnapshot? {
    var networks: [EngineNetwork] = []
    for folder in ["/run/libvirt/network", "/var/lib/libvirt/network", "/etc/libvirt/qemu/networks"] {
      for file in (try? root.list(folder)) ?? [] where file.hasSuffix(".xml") {
        guard let text = try? root.read("\(folder)/\(file)"), let network = LibvirtNetwork.read(text),
          !networks.contains(where: { $0.name == network.name })
        else { continue }
        networks.append(network)
      }
    }
    let bridges = interfaces.filter { isNumbered($0, "virbr") }
    guard !networks.isEmpty || !bridges.isEmpty else { return nil }
    networks += unnamed(bridges, besides: networks)
    let daemon = processes.named("virtnetworkd").first ?? processes.named("libvirtd").first
    return engine(.libvirt, process: daemon, networks: .value(networks), containers: [])
  }

  private func lxc(_ root: borrowing ProcessRoot) -> EngineSnapshot? {
    var networks: [EngineNetwork] = []
    let shell = ["/etc/default/lxc", "/etc/default/lxc-net"].compactMap { try? root.read($0) }
    if let network = LXCNetwork.read(shell.joined(separator: "\n")) { networks.append(network) }
    for folder in ["/var/lib/incus", "/var/lib/lxd", "/var/snap/lxd/common/lxd"] {
      for name in (try? root.list(folder + "/networks")) ?? []
      where !networks.contains(where: { $0.name == name }) {
        networks.append(
          EngineNetwork(id: "\(folder)/networks/\(name)", name: name, driver: "bridge", bridge: name)
        )
      }
    }
    let bridges = interfaces.filter { ["lxcbr0", "lxdbr0", "incusbr0"].contains($0) }
    guard !networks.isEmpty || !bridges.isEmpty else { return nil }
    networks += unnamed(bridges, besides: networks)
    let daemon = processes.named("incusd").first ?? processes.named("lxd").first
    return engine(.lxc, process: daemon, networks: .value(networks), containers: [])
  }

  private func engine(
    _ kind: EngineSnapshot.Kind,
    process: ProcessList.Entry?,
    networks: Reading<[EngineNetwork]>,
    containers: [EngineContainer]
  ) -> EngineSnapshot {
    EngineSnapshot(
      id: kind.rawValue,
      kind: kind,
      process: process.map { ProcessSnapshot(pid: $0.pid, name: $0.name, started: $0.started) },
      namespace: namespace,
      networks: networks,
      containers: .value(containers)
    )
  }

  /// The containers whose minders (`conmon`, containerd's shim) run, by their command lines.
  private func containers(
    of minder: String,
    _ read: ([String]) -> (id: String, name: String)?
  ) -> [EngineContainer] {
    processes.named(minder).compactMap { entry in
      guard let container = read(entry.commandLine()) else { return nil }
      let first = processes.children(of: entry.pid).first
      let namespace = first?.namespace("net")
      return EngineContainer(
        id: container.id,
        name: container.name,
        pid: first?.pid ?? 0,
        namespace: namespace,
        networkMode: namespace != nil && namespace == self.namespace ? "host" : "default"
      )
    }
  }

  /// Networks for bridges that nothing but their name tells of.
  private func unnamed(_ bridges: [String], besides networks: [EngineNetwork]) -> [EngineNetwork] {
    let known = Set(networks.compactMap(\.bridge))
    return bridges.filter { !known.contains($0) }.map {
      EngineNetwork(id: $0, name: $0, driver: "bridge", bridge: $0)
    }
  }

  private func json(in folder: String, _ root: borrowing ProcessRoot) -> [String] {
    ((try? root.list(folder)) ?? []).filter { $0.hasSuffix(".json") }
  }

  private func isNumbered(_ name: String, _ stem: String) -> Bool {
    name.hasPrefix(stem) && Int(name.dropFirst(stem.count)) != nil
  }
}
