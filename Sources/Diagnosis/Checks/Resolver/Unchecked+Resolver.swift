extension Unchecked {
  /// Causes without a check, of resolvers and their configuration.
  static let resolver: [UncheckedEntry] = []
}
