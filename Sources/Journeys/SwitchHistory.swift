internal import NetworkTypes

/// Whether something was on over time, as it was told; only changes are kept.
struct SwitchHistory: Hashable, Sendable {
  /// Of something that is switched all the time, so many changes are kept, the latest.
  private static let most = 256

  private var changes: [Change] = []

  private struct Change: Hashable {
    let time: Timestamp
    let isOn: Bool
  }

  /// Takes in what was told; in order of time.
  mutating func add(_ isOn: Bool, at time: Timestamp) {
    guard changes.last?.isOn != isOn else { return }
    changes.append(Change(time: time, isOn: isOn))
    if changes.count > Self.most { changes.removeFirst() }
  }

  /// What was told last before or at a moment; before anything was told, what was told first.
  func isOn(at time: Timestamp) -> Bool? { (changes.last { $0.time <= time } ?? changes.first)?.isOn }
}
