public import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
public import Observation

/// A snapshot's network, made again in namespaces of its own: interfaces with bridge and port options, addresses,
/// routes, rules, permanent neighbours, static forwarding entries, settings and the nftables ruleset.
///
/// What was learnt, counted or timed isn't made again. What can't be is in `omissions`. Of an interface whose other
/// end isn't in the snapshot, that end is in a namespace besides.
///
/// To be made and used on a thread of `NamespaceThread`; it lasts as long as this object.
public final class RebuiltNetwork {
  /// The namespaces, by their ids in the snapshot.
  public let namespaces: [String: NetworkNamespace]
  /// What could not be made again, and why.
  public let omissions: [String]
  private let outside: NetworkNamespace

  /// Makes a snapshot's network again.
  public init(_ snapshot: Snapshot) throws {
    outside = try NetworkNamespace.make()
    var rebuilders: [String: NamespaceRebuilder] = [:]
    for state in snapshot.namespaces { rebuilders[state.id] = try NamespaceRebuilder(state) }
    let ordered = snapshot.namespaces.compactMap { rebuilders[$0.id] }
    for rebuilder in ordered { try rebuilder.makeBridges() }
    var outsiders = 0
    for rebuilder in ordered {
      for link in rebuilder.links where link.kind == "veth" && rebuilder.indexes[link.index] == nil {
        let other = link.peer.flatMap { peer in peer.namespace.flatMap { rebuilders[$0] } }
        let end = link.peer.flatMap { peer in other?.links.first { $0.index == peer.index } }
        if let other, let end {
          try rebuilder.makeCable(link, to: end, of: other)
        } else {
          outsiders += 1
          try rebuilder.makeCable(link, to: "far\(outsiders)", in: outside)
        }
      }
    }
    // In this order: an option of a port needs its bridge, an address its interface, a route its address.
    for rebuilder in ordered { try rebuilder.joinBridges() }
    for rebuilder in ordered { try rebuilder.switchOn() }
    for rebuilder in ordered { try rebuilder.finish() }
    namespaces = rebuilders.mapValues(\.namespace)
    omissions = ordered.flatMap(\.omissions)
  }
}
