extension Checks {
  /// Checks of bridges, their ports and neighbours.
  static let linkLayer: [any Check] = [
    BridgeMacUnstableCheck(), BridgeMacPolicyGapCheck(), VethMacRewrittenCheck(), BridgeMacClonedCheck(),
    ContainerMacDuplicateCheck(), StaleArpCheck(), IPDuplicateCheck(), GatewayIPHijackCheck(),
    ProxyArpCheck(),
    ArpLocktimeCheck(), NeighbourOverflowCheck(), StpForwardDelayCheck(), VlanPvidCheck(),
    PortIsolatedCheck(),
    MulticastSnoopingCheck(), BridgePortLimitCheck(), FloodBacklogCheck(), L2LoopCheck(),
  ]
}
