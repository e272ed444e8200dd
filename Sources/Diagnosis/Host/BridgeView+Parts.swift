internal import NetworkTypes
internal import Observation

extension BridgeView {
  /// Whether containers are on it, or an engine for containers puts them there. libvirt's bridges carry virtual
  /// machines.
  var carriesContainers: Bool { !containers.isEmpty || networks.contains { $0.engine.kind != .libvirt } }

  /// The ports that lead out of the machine or into a tunnel: whatever is no veth, no tap and no dummy.
  var outwardPorts: [LinkSnapshot] {
    ports.filter { !["veth", "tun", "dummy", "ifb"].contains($0.kind) }
  }

  /// The MACs that belong to this host on the bridge: its own and its ports'.
  var ownAddresses: Set<MACAddress> { Set(([link] + ports).compactMap(\.address)) }

  /// The containers that have an address, by the addresses that aren't link-local.
  func owners() -> (owners: [IPAddress: [ContainerView]], unreadable: Missing?) {
    var owners: [IPAddress: [ContainerView]] = [:]
    var unreadable: Missing?
    for container in containers {
      do throws(Missing) {
        for prefix in try container.knownAddresses() where !prefix.address.isLinkLocal {
          owners[prefix.address, default: []].append(container)
        }
      } catch { unreadable = unreadable ?? error }
    }
    return (owners, unreadable)
  }

  /// A bridge option by its name in /sys/class/net/NAME/bridge; throws if the options weren't read, nil if this
  /// kernel has no such option.
  func readOption(_ option: String) throws(Missing) -> String? {
    guard let options = link.bridge else { throw Missing(what: "the options of \(name)") }
    return options[option]
  }

  /// The key of a setting of the bridge, for sysctl(8).
  func sysctl(_ pattern: String) -> String { SnapshotSettings.key(pattern, interface: name) }

  /// The bridge's neighbour entries in the host.
  func neighbours() throws(Missing) -> [NeighbourSnapshot] {
    let all = try namespace.neighbours.needed("the neighbour table of \(namespace.name)") ?? []
    return all.filter { $0.interface == link.index && !$0.isProxy }
  }
}

extension ContainerView {
  /// Its own interface's MAC: as it is, or as the engine says.
  var linkAddress: MACAddress? {
    interface?.address ?? container?.endpoints.lazy.compactMap(\.linkAddress).first
  }

  /// Its addresses on the bridge; throws if neither its namespace nor its engine could be asked.
  func knownAddresses() throws(Missing) -> [IPPrefix] {
    if let inside, interface != nil {
      if case .unreadable(let reason) = inside.addresses, container == nil {
        throw Missing(what: "the addresses of \(name): \(reason)")
      }
      if inside.addresses.value != nil { return addresses }
    }
    guard let container, !container.endpoints.isEmpty else {
      throw Missing(what: "the addresses of \(name): its namespace couldn't be looked at")
    }
    return container.endpoints.flatMap(\.addresses)
  }

  /// The neighbour entries of its interface, without proxies'; throws if they couldn't be read.
  func neighbours() throws(Missing) -> [NeighbourSnapshot] {
    guard let inside, let interface else {
      throw Missing(what: "the neighbour table of \(name): its namespace couldn't be looked at")
    }
    let all = try inside.neighbours.needed("the neighbour table of \(name)") ?? []
    return all.filter { $0.interface == interface.index && !$0.isProxy }
  }

  /// The gateways of its default routes by its interface.
  func defaultGateways() throws(Missing) -> [IPAddress] {
    guard let inside, let interface else {
      throw Missing(what: "the routes of \(name): its namespace couldn't be looked at")
    }
    let routes = try inside.routes.needed("the routes of \(name)") ?? []
    return routes.filter { $0.destination.length == 0 && $0.type == "unicast" }.flatMap { route in
      route.hops.isEmpty
        ? (route.interface == interface.index ? [route.gateway] : [])
        : route.hops.filter { $0.interface == interface.index }.map(\.gateway)
    }.compactMap(\.self)
  }

  /// A command to be run in its namespace. Names from containers don't go into commands.
  func command(_ text: String) -> String {
    let pid = inside?.processes.first?.pid ?? container.map(\.pid)
    return "nsenter -t \(pid.flatMap { $0 > 0 ? "\($0)" : nil } ?? "PID") -n \(text)"
  }
}

extension NeighbourSnapshot {
  /// Whether packets to this neighbour go to its link address now.
  var isUsed: Bool {
    linkAddress != nil && !["FAILED", "INCOMPLETE", "NOARP", "NONE", ""].contains(state)
  }
}

extension IPPrefix {
  /// Whether the two networks have addresses in common.
  func overlaps(_ other: IPPrefix) -> Bool {
    length <= other.length ? contains(other.address) : other.contains(address)
  }
}

extension Evidence {
  /// What held when the snapshot was taken.
  init(_ source: String, _ value: String, _ meaning: String) {
    self.init(time: nil, source: source, value: value, meaning: meaning)
  }
}
