internal import NetworkTypes
internal import Observation

/// A host's sightings by what they carry, built once, so that following a lookup costs the same in a long capture
/// as in a short one.
struct SightingIndex: Sendable {
  /// What stays the same of a DNS message on all its way, through translation too.
  struct Key: Hashable {
    let question: UInt64
    let transaction: UInt16
  }

  private let sightings: [Sighting]
  private let messages: [Key: [Int]]
  private let resolutions: [Int]
  private let requestsBySource: [SocketAddress: [Int]]

  init(_ sightings: [Sighting]) {
    self.sightings = sightings
    var messages: [Key: [Int]] = [:]
    var resolutions: [Int] = []
    var requestsBySource: [SocketAddress: [Int]] = [:]
    for index in sightings.indices {
      switch sightings[index].content {
      case .dns(let message):
        messages[Key(question: message.question, transaction: message.transaction), default: []]
          .append(index)
        if !message.isResponse { requestsBySource[message.source, default: []].append(index) }
      case .resolution: resolutions.append(index)
      }
    }
    self.messages = messages
    self.resolutions = resolutions
    self.requestsBySource = requestsBySource
  }

  /// The messages with this question and id within a time, in order. Responses without a question belong to
  /// every question with their id.
  func messages(
    question: UInt64,
    transaction: UInt16,
    within window: Range<Timestamp>
  ) -> [(sighting: Sighting, message: Sighting.Message)] {
    var indices = slice(messages[Key(question: question, transaction: transaction)] ?? [], window)
    let withoutQuestion = slice(messages[Key(question: 0, transaction: transaction)] ?? [], window)
    if question != 0, !withoutQuestion.isEmpty {
      indices = (indices + withoutQuestion).sorted()[...]
    }
    return indices.compactMap {
      guard case .dns(let message) = sightings[$0].content else { return nil }
      return (sightings[$0], message)
    }
  }

  /// The address resolution within a time, in order.
  func resolutions(
    within window: Range<Timestamp>
  ) -> [(sighting: Sighting, resolution: Sighting.Resolution)] {
    slice(resolutions, window).compactMap {
      guard case .resolution(let resolution) = sightings[$0].content else { return nil }
      return (sightings[$0], resolution)
    }
  }

  /// The requests from one address and port within a time, in order.
  func requests(
    from source: SocketAddress,
    within window: Range<Timestamp>
  ) -> [(sighting: Sighting, message: Sighting.Message)] {
    slice(requestsBySource[source] ?? [], window).compactMap {
      guard case .dns(let message) = sightings[$0].content else { return nil }
      return (sightings[$0], message)
    }
  }

  private func slice(_ indices: [Int], _ window: Range<Timestamp>) -> ArraySlice<Int> {
    let start = indices.partitioningIndex { sightings[$0].time >= window.lowerBound }
    let end = indices.partitioningIndex { sightings[$0].time >= window.upperBound }
    return indices[start..<max(start, end)]
  }
}

extension Array {
  /// The first index whose element satisfies a condition that all later ones satisfy too.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
