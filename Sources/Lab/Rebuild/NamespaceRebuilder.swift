internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
internal import Nftables
internal import Observation
internal import SystemPackage

/// Makes one namespace of a snapshot again, step by step.
final class NamespaceRebuilder {
  let namespace: NetworkNamespace
  /// The interfaces, by their numbers in the snapshot.
  private(set) var indexes: [InterfaceIndex: InterfaceIndex] = [:]
  private(set) var omissions: [String] = []
  let state: NamespaceSnapshot
  let connection: NetlinkConnection

  init(_ state: NamespaceSnapshot) throws {
    self.state = state
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    if let loopback = links.first(where: { $0.name == "lo" }) {
      indexes[loopback.index] = try connection.link(named: "lo").index
    }
    // New interfaces take over what holds for new interfaces.
    _ = try writeSettings { !$0.contains(".conf.") && !$0.contains(".neigh.") || $0.contains(".default.") }
    for link in links where link.name != "lo" && link.kind != "bridge" && link.kind != "veth" {
      omit("\(link.name): an interface of the kind \(link.kind ?? "physical") can't be made again")
    }
  }

  var links: [LinkSnapshot] { state.links.value ?? [] }

  private func omit(_ what: String) { omissions.append("\(state.name): \(what)") }

  /// Makes the bridges. One that nobody gave an address gets none, so that it takes its ports' again.
  func makeBridges() throws {
    for link in links where link.kind == "bridge" {
      let isOwn = link.addressAssignment.value.map { $0 == .set } ?? true
      let index = try connection.createLink(
        NewLink(
          name: link.name,
          kind: .bridge(BridgeAttributes()),
          address: isOwn ? link.address : nil,
          mtu: link.mtu
        )
      )
      indexes[link.index] = index
      guard let files = link.bridge, case .bridge(let present) = try connection.link(at: index).kind else {
        continue
      }
      let options = BridgeAttributes(files: files, differingFrom: present)
      if options != BridgeAttributes() { try connection.changeBridge(index, options) }
    }
  }

  /// Makes a veth pair, both of whose ends are in the snapshot.
  func makeCable(_ link: LinkSnapshot, to end: LinkSnapshot, of other: NamespaceRebuilder) throws {
    let peer = NewPeer(
      name: end.name,
      address: end.address,
      namespace: other === self ? nil : other.namespace,
      mtu: end.mtu
    )
    try makeCable(link, to: peer)
    other.indexes[end.index] = try other.connection.link(named: end.name).index
  }

  /// Makes a veth pair whose other end isn't in the snapshot.
  func makeCable(_ link: LinkSnapshot, to name: String, in outside: NetworkNamespace) throws {
    try makeCable(link, to: NewPeer(name: name, namespace: outside, isUp: link.hasCarrier ?? true))
  }

  private func makeCable(_ link: LinkSnapshot, to peer: NewPeer) throws {
    indexes[link.index] = try connection.createLink(
      NewLink(name: link.name, kind: .veth(peer: peer), address: link.address, mtu: link.mtu)
    )
  }

  /// Makes the ports ports, with their options.
  func joinBridges() throws {
    for link in links {
      guard let index = indexes[link.index], let master = link.master.flatMap({ indexes[$0] }) else {
        continue
      }
      try connection.changeLink(index, LinkChange(master: .join(master)))
      guard let files = link.port, let present = try connection.link(at: index).bridgePort else { continue }
      let options = BridgePort(files: files, differingFrom: present)
      if options != BridgePort() { try connection.changeBridgePort(index, options) }
    }
  }

  /// Switches on what was on.
  func switchOn() throws {
    for link in links {
      guard let index = indexes[link.index] else { continue }
      var change = LinkChange(isUp: link.isUp)
      change.transmitQueueLength = link.transmitQueueLength
      if link.flags.contains("PROMISC") { change.isPromiscuous = true }
      if link.flags.contains("ALLMULTI") { change.takesAllMulticast = true }
      try connection.changeLink(index, change)
    }
  }

  /// Everything that needs interfaces that are up.
  func finish() throws {
    for failure in try writeSettings(where: { _ in true }) { omit(failure) }
    for address in state.addresses.value ?? [] where !address.comesByItself {
      guard let index = indexes[address.interface] else { continue }
      try connection.addAddress(
        address.prefix,
        to: index,
        peer: address.peer,
        skipsDuplicateDetection: address.flags.contains("nodad")
      )
    }
    let routes = (state.routes.value ?? []).filter { $0.origin != "kernel" }
    // What is on the link comes before what is behind a gateway on it.
    for route in routes.filter({ $0.gateway == nil }) + routes.filter({ $0.gateway != nil }) {
      if let route = NewRoute(route, indexes) { try connection.addRoute(route) }
    }
    for rule in state.rules.value ?? [] where !rule.isStandard { try connection.addRule(Rule(rule)) }
    for entry in state.neighbours.value ?? [] where entry.state == "PERMANENT" && !entry.isProxy {
      guard let index = indexes[entry.interface] else { continue }
      try connection.setNeighbour(entry.address, on: index, linkLayerAddress: entry.linkAddress)
    }
    try makeForwardingEntries()
    for group in state.multicast.value ?? [] where group.isPermanent {
      omit("the group \(group.group) can't be made again")
    }
    for (name, table) in state.legacyTables.sorted(by: { $0.key < $1.key }) where table.value != nil {
      omit("the rules of \(name)-legacy aren't made again")
    }
    if let ruleset = state.nftables.value, !ruleset.isEmpty { _ = try Nftables.run(ruleset, in: namespace) }
  }

  private func makeForwardingEntries() throws {
    let own = Set(links.compactMap(\.address))
    for entry in state.forwarding.value ?? [] where entry.bridge != nil && !own.contains(entry.address) {
      guard let index = indexes[entry.port] else { continue }
      let kept: NeighbourState? =
        entry.flags.contains("permanent")
        ? .permanent : entry.flags.contains("static") ? [.reachable, .noARP] : nil
      guard let kept else { continue }
      try connection.setForwardingEntry(entry.address, on: index, vlan: entry.vlan, state: kept)
    }
  }

  /// Makes the settings that differ, those first that change others; what couldn't be set, and why.
  private func writeSettings(where isWanted: (String) -> Bool) throws -> [String] {
    let first = ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"]
    let wanted = state.settings
      .filter { isWanted($0.key) && !$0.key.hasPrefix("net.netfilter.nf_conntrack_") }
      .compactMap { name, value in value.value.map { (name: name, value: $0) } }
      .sorted { (first.contains($0.name) ? 0 : 1, $0.name) < (first.contains($1.name) ? 0 : 1, $1.name) }
    return try namespace.perform {
      wanted.compactMap { setting -> String? in
        do {
          if try Sysctl.read(setting.name) != setting.value {
            try Sysctl.write(setting.value, to: setting.name)
          }
          return nil
        } catch {
          return "\(setting.name) = \(setting.value): \(error)"
        }
      }
    }
  }
}

extension AddressSnapshot {
  /// Whether the kernel gives it to the interface by itself.
  fileprivate var comesByItself: Bool {
    switch prefix.address {
    case .v4(let address): address.rawValue >> 24 == 127
    case .v6(let address): address == .loopback || (scope == "link" && address.isLinkLocal)
    }
  }
}

extension RuleSnapshot {
  /// Whether a new namespace has it.
  fileprivate var isStandard: Bool { [0, 32766, 32767].contains(priority) && source == nil && mark == nil }
}
