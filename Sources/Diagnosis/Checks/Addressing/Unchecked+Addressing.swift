extension Unchecked {
  /// Causes without a check, of who owns and gives addresses.
  static let addressing: [UncheckedEntry] = []
}
