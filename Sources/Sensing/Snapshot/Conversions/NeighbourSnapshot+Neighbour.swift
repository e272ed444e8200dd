internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension NeighbourSnapshot {
  /// An entry as the kernel describes it with rtnetlink (`RTM_NEWNEIGH`); nil for one that needs no resolution, and
  /// for other families than IPv4 and IPv6.
  init?(_ neighbour: Neighbour) {
    let isProxy = neighbour.flags.contains(.proxy)
    guard let entry = NeighbourEntry(neighbour), isProxy || !neighbour.state.contains(.noARP) else {
      return nil
    }
    self.init(
      interface: entry.interface,
      address: entry.address,
      linkAddress: entry.linkAddress,
      state: entry.reachability,
      isProxy: isProxy
    )
  }
}

extension ForwardingSnapshot {
  /// An entry as the kernel describes it with rtnetlink (`RTM_NEWNEIGH` of the family `AF_BRIDGE`); nil for the
  /// groups that an interface itself listens to.
  init?(_ entry: Neighbour) {
    guard let address = entry.linkLayerAddress, entry.master != nil || !address.isMulticast else {
      return nil
    }
    var flags: [String] = []
    if entry.state.contains(.permanent) {
      flags.append("permanent")
    } else if entry.state.contains(.noARP) {
      flags.append("static")
    }
    if entry.flags.contains(.router) { flags.append("router") }
    if entry.flags.contains(.externallyLearned) { flags.append("extern_learn") }
    if entry.flags.contains(.offloaded) { flags.append("offload") }
    if entry.flags.contains(.sticky) { flags.append("sticky") }
    self.init(
      bridge: entry.master,
      port: entry.index,
      address: address,
      flags: flags,
      vlan: entry.vlan,
      idle: entry.state.contains(.permanent) ? nil : entry.ages?.sinceUpdated.inSeconds
    )
  }
}
