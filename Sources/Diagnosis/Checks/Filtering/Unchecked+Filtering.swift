extension Unchecked {
  /// Causes without a check, of forwarding and netfilter.
  static let filtering: [UncheckedEntry] = []
}
