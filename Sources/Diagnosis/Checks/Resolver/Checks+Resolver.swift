extension Checks {
  /// Checks of resolvers and their configuration.
  static let resolver: [any Check] = [
    ResolvLoopbackFallbackCheck(), ResolvStaleCheck(), ResolvLimitsCheck(), NdotsSearchCheck(),
    ReachableFamilyCheck(), MuslSemanticsCheck(), GlibcPairingCheck(), DockerDNSOverloadCheck(),
    DockerDNSRestartCheck(), DnsmasqForwardMaxCheck(), DnsmasqScopeCheck(), ResolvedDegradedCheck(),
    ResolverRcvbufCheck(), InotifyLimitCheck(), CPUStarvationCheck(), HairpinSourceCheck(),
    SeccompGetaddrinfoCheck(), DockerForwardSourceCheck(),
  ]
}
