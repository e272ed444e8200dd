import NetworkTypes
import Observation

extension Snapshot {
  /// The namespaces without what can't be the same twice: numbers and ids, times, counters, what was learnt, and who
  /// chose the address of an interface that isn't a bridge (whoever makes it again has to set it). Interfaces get the
  /// numbers of their names' order.
  var normalised: [NamespaceSnapshot] {
    let names = Dictionary(uniqueKeysWithValues: namespaces.map { ($0.id, $0.name) })
    var numbers: [String: [InterfaceIndex: InterfaceIndex]] = [:]
    for namespace in namespaces {
      let ordered = (namespace.links.value ?? []).sorted { $0.name < $1.name }
      numbers[namespace.id] = Dictionary(
        uniqueKeysWithValues: ordered.enumerated().map { ($1.index, InterfaceIndex(UInt32($0 + 1))) }
      )
    }
    return namespaces.map { $0.normalised(names, numbers) }.sorted { $0.name < $1.name }
  }
}

extension NamespaceSnapshot {
  fileprivate func normalised(
    _ names: [String: String],
    _ numbers: [String: [InterfaceIndex: InterfaceIndex]]
  ) -> NamespaceSnapshot {
    let own = numbers[id] ?? [:]
    func number(_ index: InterfaceIndex) -> InterfaceIndex { own[index] ?? InterfaceIndex(0) }
    var result = NamespaceSnapshot(id: name, role: role, name: name)
    let trees = Set((links.value ?? []).filter { ($0.bridge?["stp_state"] ?? "0") != "0" }.map(\.index))
    result.links = links.map { links in
      links.map { link in
        var link = link
        let master = link.master
        link.index = number(link.index)
        link.master = link.master.map(number)
        link.peer = link.peer.flatMap { peer in
          guard let there = peer.namespace, let index = numbers[there]?[peer.index] else { return nil }
          return PeerSnapshot(index: index, namespace: names[there])
        }
        link.statistics = [:]
        link.state = nil
        link.permanentAddress = nil
        if link.kind != "bridge" { link.addressAssignment = .absent }
        // With spanning tree a bridge has a carrier once a port has waited long enough.
        if link.bridge.map({ $0["stp_state"] != "0" }) == true { link.hasCarrier = nil }
        let isTree = master.map(trees.contains) ?? false
        link.bridge = link.bridge?.filter {
          !$0.key.hasPrefix("topology_change") && !$0.key.hasPrefix("root_")
        }
        // Ports are numbered as they join; when they forward, and how far spanning tree has come, is a matter of time.
        let passing = ["port_no", "port_id", "designated_port", "change_ack", "config_pending", "state"]
        let tree = ["designated_root", "designated_cost"]
        link.port = link.port?.filter { !passing.contains($0.key) && !(isTree && tree.contains($0.key)) }
        return link
      }.sorted { $0.index < $1.index }
    }
    // Link-local addresses come and go with the carrier, whose news takes its time.
    result.addresses = addresses.map { addresses in
      addresses.filter { !($0.scope == "link" && $0.prefix.address.family == .v6) }.map { address in
        var address = address
        address.interface = number(address.interface)
        address.flags = address.flags.filter { $0 != "tentative" }
        return address
      }.sorted { ($0.interface, "\($0.prefix)") < ($1.interface, "\($1.prefix)") }
    }
    result.routes = routes.map { routes in
      routes.filter { "\($0.destination)" != "fe80::/64" }.map { route in
        var route = route
        route.interface = route.interface.map(number)
        return route
      }.sorted { "\($0)" < "\($1)" }
    }
    result.rules = rules
    result.neighbours = neighbours.map { neighbours in
      neighbours.filter { $0.state == "PERMANENT" }.map { entry in
        var entry = entry
        entry.interface = number(entry.interface)
        return entry
      }.sorted { "\($0)" < "\($1)" }
    }
    result.forwarding = forwarding.map { entries in
      entries.filter { !$0.flags.isEmpty }.map { entry in
        var entry = entry
        entry.bridge = entry.bridge.map(number)
        entry.port = number(entry.port)
        entry.idle = nil
        return entry
      }.sorted { "\($0)" < "\($1)" }
    }
    result.settings = settings.filter { !$0.key.hasSuffix("nf_conntrack_count") }
    result.nftables = nftables.map(Self.withoutCounts)
    return result
  }

  /// A ruleset without the numbers of its counters.
  private static func withoutCounts(_ ruleset: String) -> String {
    var words: [Substring] = []
    for word in ruleset.split(separator: " ", omittingEmptySubsequences: false) {
      words.append(words.last == "packets" || words.last == "bytes" ? "N" : word)
    }
    return words.joined(separator: " ")
  }
}
