extension Checks {
  /// Checks of resolvers and their configuration.
  static let resolver: [any Check] = []
}
