extension Checks {
  /// Checks of bridges, their ports and neighbours.
  static let linkLayer: [any Check] = [BridgeMacUnstableCheck()]
}
