extension Unchecked {
  /// Causes without a check, of bridges, their ports and neighbours.
  static let linkLayer: [UncheckedEntry] = []
}
