extension Checks {
  /// Checks of the way to the resolver.
  static let path: [any Check] = [
    MtuBlackholeCheck(), FragmentLossCheck(), ChecksumOffloadCheck(), PolicyRouteCheck(),
    RouterAdvertisementCheck(), UpstreamRateLimitCheck(), LinkLocalResolverCheck(),
  ]
}
