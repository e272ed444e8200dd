extension Checks {
  /// Checks of forwarding and netfilter.
  static let filtering: [any Check] = [
    IpForwardResetCheck(), ForwardPolicyDropCheck(), MasqMissingCheck(), ForeignTableDropCheck(),
  ]
}
