internal import NetworkTypes

/// Whether something was on over time, as it was told; only changes are kept.
struct SwitchHistory: Hashable, Sendable {
  /// Of something that is switched all the time, so many changes are kept, the latest.
  private static let most = 256

  private var changes: [Change] = []
  /// Whether there were earlier ones, which aren't kept.
  private var isCut = false

  private struct Change: Hashable {
    let time: Timestamp
    let isOn: Bool
  }

  /// Takes in what was told; in order of time.
  mutating func add(_ isOn: Bool, at time: Timestamp) {
    guard changes.last?.isOn != isOn else { return }
    changes.append(Change(time: time, isOn: isOn))
    if changes.count > Self.most {
      changes.removeFirst()
      isCut = true
    }
  }

  /// What was told last before or at a moment; before anything was told, what was told first. Nil where that isn't known
  /// any more.
  func isOn(at time: Timestamp) -> Bool? {
    if let last = changes.last(where: { $0.time <= time }) { return last.isOn }
    return isCut ? nil : changes.first?.isOn
  }

  /// Whether it was always the same.
  var isConstant: Bool { changes.count < 2 && !isCut }
}
