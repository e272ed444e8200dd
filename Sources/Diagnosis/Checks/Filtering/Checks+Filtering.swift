extension Checks {
  /// Checks of forwarding and netfilter.
  static let filtering: [any Check] = [
    IpForwardResetCheck(), ForwardPolicyDropCheck(), MasqMissingCheck(), FwFlushedCheck(),
    MultiDockerdChainsCheck(), NftLegacyMixCheck(), ForeignTableDropCheck(), InputDropResolverCheck(),
    CtTableFullCheck(), CtInsertRaceCheck(),
  ]
}
