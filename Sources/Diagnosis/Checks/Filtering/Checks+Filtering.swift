extension Checks {
  /// Checks of forwarding and netfilter.
  static let filtering: [any Check] = [
    IpForwardResetCheck(), IpForwardNftBackendCheck(), ForwardPolicyDropCheck(), MasqMissingCheck(),
    FwFlushedCheck(), MultiDockerdChainsCheck(), NftLegacyMixCheck(), ForeignTableDropCheck(),
    InputDropResolverCheck(), IsolationInternalCheck(), BrNetfilterCheck(), RpFilterCheck(),
    CtTableFullCheck(),
    CtInsertRaceCheck(), SnatPortExhaustionCheck(), KernelModulesMissingCheck(),
  ]
}
