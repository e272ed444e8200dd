public import Captures
public import NetworkTypes
public import Observation

/// A capture as the sightings in it, one after the other; frames that have nothing to do with name resolution are
/// counted only.
public struct CaptureStream: ~Copyable {
  private static let known: Set<LinkType> = [
    .ethernet, .cooked, .cooked2, .null, .loop, .raw, .rawBSD, .ipv4, .ipv6,
  ]

  /// The file's name, or "standard input".
  public let name: String
  /// The sighting that `advance` found.
  public private(set) var sighting: Sighting?
  private var reader: CaptureReader
  private var span: ClosedRange<Timestamp>?
  /// Frames that couldn't be understood at all, by their link type.
  private var unknownLinkTypes: [LinkType: Int] = [:]
  /// Frames without a time, and DNS messages that were cut off.
  private var (untimed, cut) = (0, 0)
  private var places: FilePlaces

  /// Opens a file; "-" is standard input.
  public init(opening path: String, places: CapturePlaces) throws(CaptureError) {
    let reader = try CaptureReader(opening: path)
    self.reader = reader
    name = path == "-" ? "standard input" : path
    self.places = FilePlaces(of: name, in: places)
  }

  /// The number of the sighting's frame in the file.
  public var frame: Int { reader.frameCount }

  /// Goes on to the next sighting; false at the end.
  public mutating func advance() -> Bool {
    while reader.advance() {
      let (found, time, linkType, isCut) = reader.sighting(&places)
      if let time, span.map({ $0.contains(time) }) != true {
        span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
      }
      if found != nil {
        sighting = found
        return true
      }
      if time == nil { untimed += 1 }
      if isCut { cut += 1 }
      if !Self.known.contains(linkType) { unknownLinkTypes[linkType, default: 0] += 1 }
    }
    sighting = nil
    return false
  }

  /// The name that the sighting's question asks for, in wire form without the final zero; empty without one.
  public func questionName() -> [UInt8] {
    sighting?.questionName(in: reader.frame.bytes) ?? []
  }

  /// What was read until now.
  public var summary: CaptureSummary {
    CaptureSummary(name: name, frames: reader.frameCount, span: span, lost: lost, complaints: complaints)
  }

  private var lost: UInt64? {
    let told = reader.interfaces.compactMap(\.lost)
    return told.isEmpty ? nil : told.reduce(0, &+)
  }

  private var complaints: [String] {
    var complaints: [String] = []
    if let damage = reader.damage {
      complaints.append("\(name) was read up to octet \(damage.offset): \(damage.reason)")
    }
    let skipped = reader.skipped
    if skipped.malformed > 0 {
      complaints.append(
        "\(name): \(skipped.malformed) packets were passed over, whose blocks contradict themselves"
      )
    }
    if skipped.tooLarge > 0 {
      complaints.append("\(name): \(skipped.tooLarge) packets of more than 16 MiB were passed over")
    }
    if untimed > 0 { complaints.append("\(name): \(untimed) frames have no time, and were passed over") }
    if cut > 0 {
      complaints.append(
        "\(name): \(cut) DNS messages were cut off by the capture (tcpdump -s 0 keeps all)"
      )
    }
    for (type, count) in unknownLinkTypes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      complaints.append("\(name): \(count) frames have the link type \(type), which isn't known")
    }
    return complaints
  }
}

/// What a capture is, as far as it was read.
public struct CaptureSummary: Sendable {
  /// The file's name.
  public let name: String
  /// How many frames were read.
  public let frames: Int
  /// The time of the earliest frame, and of the latest.
  public let span: ClosedRange<Timestamp>?
  /// How many frames the capture lost, as the file says; nil if it says nothing.
  public let lost: UInt64?
  /// Why the file was not read to its end, and what of it was passed over; empty if all is well.
  public let complaints: [String]
}

extension CaptureReader {
  /// What the frame tells about name resolution, and what it is told of anyway.
  fileprivate borrowing func sighting(_ places: inout FilePlaces) -> (
    Sighting?, time: Timestamp?, LinkType, isCut: Bool
  ) {
    let frame = frame
    guard let time = frame.time else { return (nil, nil, frame.linkType, false) }
    let place: InterfaceIndex
    if frame.linkType == .cooked2, frame.bytes.count >= 20 {
      // Octets 4 to 7 of the cooked header.
      place = places.place(ofKernelIndex: (4..<8).reduce(0) { $0 << 8 | UInt32(frame.bytes[$1]) })
    } else {
      place = places.known(frame.interface) ?? places.add(frame.interface, interfaces[frame.interface].name)
    }
    let found = Sighting(
      frame: frame.bytes,
      linkType: frame.linkType,
      time: time,
      interface: place,
      packetType: nil
    )
    let isCut =
      found == nil && frame.bytes.count < frame.originalLength
      && PlainFrame.isDomain(frame.bytes, linkType: frame.linkType)
    return (found, time, frame.linkType, isCut)
  }
}
