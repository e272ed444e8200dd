internal import NetworkTypes
internal import Observation

/// Finds the other ends of veth pairs. The collector doesn't know which namespace a `link-netnsid` is, so that it
/// follows from what is at both ends.
enum CollectedPeers {
  /// Gives each interface its other end. What fits several places has none in particular: a nil namespace.
  static func connect(_ namespaces: inout [NamespaceSnapshot], _ collected: [String: CollectedLinks]) {
    struct End: Hashable {
      let index: InterfaceIndex
      let other: InterfaceIndex
    }
    var places: [End: [Int]] = [:]
    for (place, namespace) in namespaces.enumerated() {
      for (index, end) in collected[namespace.id]?.ends ?? [:] {
        places[End(index: index, other: end.index), default: []].append(place)
      }
    }
    let before = namespaces
    for (place, namespace) in before.enumerated() {
      guard var links = namespace.links.value, let ends = collected[namespace.id]?.ends else { continue }
      for position in links.indices {
        guard let end = ends[links[position].index] else { continue }
        // An end without a number is in the same namespace, if that is where it leads back from.
        let isVeth = links[position].kind == "veth"
        var fitting = (places[End(index: end.index, other: links[position].index)] ?? []).filter {
          $0 != place
        }
        if end.number == nil, !isVeth || ends[end.index]?.index == links[position].index {
          fitting = [place]
        } else if fitting.count > 1 {
          fitting = seen(fitting, of: end.index, at: links[position].index, in: namespace, before)
        }
        let found = fitting.count == 1 ? before[fitting[0]].id : nil
        links[position].peer = PeerSnapshot(index: end.index, namespace: found)
      }
      namespaces[place].links = .value(links)
    }
  }

  /// Of several places those whose interface's address was seen behind this port, or that see this one's.
  private static func seen(
    _ places: [Int],
    of end: InterfaceIndex,
    at port: InterfaceIndex,
    in namespace: NamespaceSnapshot,
    _ all: [NamespaceSnapshot]
  ) -> [Int] {
    let behind = Set((namespace.forwarding.value ?? []).filter { $0.port == port }.map(\.address))
    let neighbours = Set((namespace.neighbours.value ?? []).compactMap(\.linkAddress))
    func address(_ place: Int) -> MACAddress? {
      all[place].links.value?.first { $0.index == end }?.address
    }
    for known in [behind, neighbours] {
      let fitting = places.filter { place in address(place).map(known.contains) == true }
      if fitting.count == 1 { return fitting }
    }
    return places
  }
}
