public import Captures
internal import NetworkTypes
public import Observation

/// Several captures as one, in order of time: what each file has in its order, and among files whoever is first.
public struct CaptureSet: ~Copyable {
  /// A capture in an array, which values without copies can't be in.
  private final class Box {
    var stream: CaptureStream
    init(_ stream: consuming CaptureStream) { self.stream = stream }
  }

  /// The one whose turn it is: here and not in its box, for accesses to an object's property are checked each time, and
  /// mostly there is one file only.
  private var current: CaptureStream
  private var others: [Box] = []
  private var isStarted = false

  /// Opens files; "-" is standard input. There is one at least.
  public init(opening paths: [String], places: CapturePlaces) throws(CaptureError) {
    var boxes: [Box] = []
    for path in paths.dropFirst() {
      boxes.append(Box(try CaptureStream(opening: path, places: places)))
    }
    let first = try CaptureStream(opening: paths.first ?? "-", places: places)
    current = first
    others = boxes
  }

  /// The sighting that `advance` found.
  public var sighting: Sighting? { current.sighting }
  /// The number of its frame in its file.
  public var frame: Int { current.frame }
  /// The name that its question asks for, in wire form without the final zero; empty without one.
  public func questionName() -> [UInt8] { current.questionName() }

  /// Goes on to the next sighting of all files; false at the end of all.
  public mutating func advance() -> Bool {
    if others.isEmpty { return current.advance() }
    return advanceAmongOthers()
  }

  private mutating func advanceAmongOthers() -> Bool {
    if !isStarted {
      isStarted = true
      for box in others { _ = box.stream.advance() }
    }
    _ = current.advance()
    var earliest: (box: Box, time: Timestamp)?
    for box in others {
      guard let time = box.stream.sighting?.time else { continue }
      if earliest.map({ time < $0.time }) ?? true { earliest = (box, time) }
    }
    if let earliest, current.sighting.map({ earliest.time < $0.time }) ?? true {
      swap(&current, &earliest.box.stream)
    }
    return current.sighting != nil
  }

  /// What was read until now, of all files in the order of their names.
  public var summaries: [CaptureSummary] {
    ([current.summary] + others.map { $0.stream.summary }).sorted { $0.name < $1.name }
  }
}
