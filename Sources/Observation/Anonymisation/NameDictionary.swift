internal import NetworkTypes

/// What stands for the names, and for the link addresses, of one snapshot.
struct NameDictionary {
  /// Replacements by names.
  private(set) var names: [String: String] = [:]
  /// What stands for link addresses.
  let linkAddresses: LinkAddressReplacement
  private let replacement: NameReplacement

  init(_ snapshot: Snapshot, _ tree: JSONTree, _ key: AnonymisationKey) {
    var found: Set<MACAddress> = []
    var users: Set<String> = []
    tree.forEachString { text in
      found.formUnion(TextScanner.linkAddresses(in: text))
      users.formUnion(Self.users(in: text))
    }
    linkAddresses = LinkAddressReplacement(key, found)
    replacement = NameReplacement(key)
    for user in users { add(user, replacement.name(user, sort: "user")) }
    host(snapshot.origin.host)
    for namespace in snapshot.namespaces { add(namespace) }
    for engine in snapshot.engines { add(engine) }
    let files = snapshot.management.resolverFiles.values.compactMap(\.value)
    for text in files + snapshot.namespaces.compactMap(\.resolver.value) { domains(text) }
    for interface in snapshot.management.interfaces.value ?? [] where !interface.isPattern {
      add(interface.name, replacement.interface(interface.name))
    }
  }

  /// Words that mean something by themselves, whoever else is called so.
  private static let reserved: Set<String> = [
    "", "bridge", "host", "none", "default", "ingress", "podman", "docker", "container", "machine", "all",
    "lo",
    "localhost", "docker_gwbridge", "nat", "yes", "no", "true", "false",
  ]

  /// Programs whose names matter, and are nobody's.
  private static let programs: Set<String> = [
    "dockerd", "docker-proxy", "docker", "containerd", "containerd-shim", "podman", "conmon", "netavark",
    "aardvark-dns", "libvirtd", "lxc-start", "lxd", "incusd", "dnsmasq", "unbound", "named", "coredns",
    "pdns_recursor",
    "systemd", "systemd-resolve", "systemd-network", "systemd-udevd", "NetworkManager", "avahi-daemon",
    "dhclient",
    "dhcpcd", "connmand", "tailscaled", "kubelet", "firewalld", "sleep", "sh", "bash", "init", "tini",
    "kingpost",
  ]

  private mutating func add(_ name: String, _ replaced: String) {
    if Self.reserved.contains(name) || names[name] != nil { return }
    names[name] = replaced
  }

  private mutating func host(_ name: String) {
    let labels = name.split(separator: ".").map(String.init)
    add(name, replacement.name(name, sort: "host"))
    if labels.count > 1 {
      add(labels[0], replacement.name(labels[0], sort: "host"))
      let domain = labels.dropFirst().joined(separator: ".")
      if labels.count > 2 { add(domain, replacement.domain(domain)) }
    }
  }

  private mutating func add(_ namespace: NamespaceSnapshot) {
    for link in namespace.links.value ?? [] {
      add(link.name, replacement.interface(link.name))
      for name in link.alternativeNames { add(name, replacement.interface(name)) }
    }
    let processes = namespace.processes + (namespace.listeners.value ?? []).compactMap(\.process)
    for process in processes { program(process.name) }
    if namespace.role == .machine { return }
    if let comm = Self.program(in: namespace.name) {
      program(comm)
    } else {
      add(
        namespace.name,
        replacement.name(namespace.name, sort: namespace.role == .host ? "netns" : "container")
      )
    }
  }

  /// Of "pid 42 (sleep)": "sleep".
  private static func program(in name: String) -> String? {
    guard name.hasPrefix("pid "), name.hasSuffix(")"), let open = name.firstIndex(of: "(") else { return nil }
    return String(name[name.index(after: open)...].dropLast())
  }

  private mutating func program(_ name: String) {
    if Self.programs.contains(name) || name.hasPrefix("containerd-shim") { return }
    add(name, replacement.name(name, sort: "program"))
  }

  private mutating func add(_ engine: EngineSnapshot) {
    if let process = engine.process { program(process.name) }
    for network in engine.networks.value ?? [] {
      add(network.name, replacement.name(network.name, sort: "network"))
      identifier(network.id)
      if let bridge = network.bridge { add(bridge, replacement.interface(bridge)) }
    }
    for container in engine.containers.value ?? [] {
      add(container.name, replacement.name(container.name, sort: "container"))
      identifier(container.id)
      for endpoint in container.endpoints {
        add(endpoint.network, replacement.name(endpoint.network, sort: "network"))
      }
    }
  }

  private mutating func identifier(_ id: String) {
    add(id, replacement.identifier(id))
    if id.utf8.count > 12, NameReplacement.isHexadecimal(id) {
      let short = String(id.prefix(12))
      add(short, replacement.identifier(short))
    }
  }

  /// The domains of a resolv.conf(5).
  private mutating func domains(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard let first = words.first, first == "search" || first == "domain" else { continue }
      for word in words.dropFirst() {
        let name = String(word.hasSuffix(".") ? word.dropLast() : word)
        add(name, replacement.domain(name))
      }
    }
  }

  /// Whose home folders a text names.
  private static func users(in text: String) -> Set<String> {
    var users: Set<String> = []
    for part in text.split(separator: " ") {
      let folders = part.split { $0 == "/" || $0 == "\"" || $0 == ":" }
      for (index, folder) in folders.enumerated() where folder == "home" && index + 1 < folders.count {
        users.insert(String(folders[index + 1]))
      }
    }
    return users
  }
}
