extension Checks {
  /// Checks of the way to the resolver.
  static let path: [any Check] = []
}
