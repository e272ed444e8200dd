public import NetlinkCodec
internal import NetworkTypes
public import Observation

extension NeighbourEntry {
  /// An entry as the kernel describes it with rtnetlink (`RTM_NEWNEIGH`); nil for one of another family than
  /// IPv4 and IPv6.
  public init?(_ neighbour: Neighbour) {
    guard let address = neighbour.address, neighbour.family == .v4 || neighbour.family == .v6 else {
      return nil
    }
    self.init(
      interface: neighbour.index,
      address: address,
      linkAddress: neighbour.linkLayerAddress,
      reachability: Self.names.first { neighbour.state.contains($0.state) }?.name ?? "NONE"
    )
  }

  /// What ip-neighbour(8) calls the states. The kernel sets one of them at a time.
  private static let names: [(state: NeighbourState, name: String)] = [
    (.incomplete, "INCOMPLETE"), (.reachable, "REACHABLE"), (.stale, "STALE"), (.delay, "DELAY"),
    (.probe, "PROBE"), (.failed, "FAILED"), (.noARP, "NOARP"), (.permanent, "PERMANENT"),
  ]
}
