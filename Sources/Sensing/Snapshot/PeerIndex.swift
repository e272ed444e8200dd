internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes

/// Which namespaces the other ends of a namespace's interfaces are in.
///
/// The kernel tells of an end in another namespace by a number that the namespace has for the other one
/// (`link-netnsid`); which one that is has to be asked for each that it may be. Nothing is ever given a number.
struct PeerIndex {
  private var ids: [Int32: String] = [:]
  private let own: String

  /// Asks by a connection to the namespace, until all numbers are known that its links mention.
  ///
  /// - Parameter candidates: the namespaces that the ends may be in, most probable first.
  init(
    _ links: [Link],
    by connection: NetlinkConnection,
    own: String,
    candidates: [NetworkNamespace]
  ) {
    self.own = own
    var wanted = Set(links.compactMap(\.linkNamespace))
    for candidate in candidates {
      if wanted.isEmpty { break }
      // A namespace that vanished meanwhile has no number.
      guard let number = try? connection.namespaceIdentifier(of: candidate) else { continue }
      if wanted.remove(number) != nil { ids[number] = "\(candidate.identity)" }
    }
  }

  /// The id in the snapshot of the namespace with this number; of nil, of the namespace itself.
  func id(_ number: Int32?) -> String? { number.map { ids[$0] } ?? own }
}
