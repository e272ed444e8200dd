extension Unchecked {
  /// Causes without a check, of the way to the resolver.
  static let path: [UncheckedEntry] = []
}
