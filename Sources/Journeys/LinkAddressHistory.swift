public import NetworkTypes

/// Which link address something had over time, as frames told; only changes are kept.
public struct LinkAddressHistory: Hashable, Sendable {
  /// A moment at which an address was told that differs from the one before.
  public struct Change: Hashable, Sendable {
    /// When it was told first.
    public let time: Timestamp
    /// The address.
    public let address: MACAddress
  }

  /// Of something that changes its address all the time, so many changes are kept, the latest.
  private static let most = 256

  /// The changes, in order of time.
  public private(set) var changes: [Change] = []
  /// When the latest address was told last.
  private var latest = Timestamp(nanoseconds: .min)

  /// Nothing was told yet.
  public init() {}

  /// An address was told at a moment, which may be a little earlier than the last one.
  @inline(__always)
  mutating func add(_ address: MACAddress, at time: Timestamp) {
    if let last = changes.last, last.address == address, time >= last.time {
      if time > latest { latest = time }
    } else {
      insert(address, at: time)
    }
  }

  private mutating func insert(_ address: MACAddress, at time: Timestamp) {
    var place = changes.count
    while place > 0, changes[place - 1].time > time { place -= 1 }
    if place > 0, changes[place - 1].address == address { return }
    if place < changes.count, changes[place].address == address {
      changes[place] = Change(time: time, address: address)
      return
    }
    changes.insert(Change(time: time, address: address), at: place)
    if changes.count > Self.most { changes.removeFirst() }
    if time > latest { latest = time }
  }

  /// The address that was told last before or at a moment.
  public func address(at time: Timestamp) -> MACAddress? {
    let next = firstIndex(after: time)
    return next > 0 ? changes[next - 1].address : nil
  }

  /// The address that was told first after a moment: the same one again, or the next.
  public func address(after time: Timestamp) -> MACAddress? {
    let next = firstIndex(after: time)
    if next < changes.count { return changes[next].address }
    return latest > time ? changes.last?.address : nil
  }

  /// Whether an address was told within so long after a moment; of one that didn't change since, at any time after it.
  public func isTold(_ address: MACAddress, after time: Timestamp, within duration: Duration) -> Bool {
    let next = firstIndex(after: time)
    let end = time + duration
    if changes[next...].contains(where: { $0.address == address && $0.time <= end }) { return true }
    return next == changes.count && latest > time && changes.last?.address == address
  }

  private func firstIndex(after time: Timestamp) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].time > time { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
