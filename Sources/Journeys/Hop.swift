public import NetworkTypes
public import Observation

/// One frame of a request or of its answer, where it was seen.
public struct Hop: Hashable, Sendable {
  /// When.
  public let time: Timestamp
  /// Where: the number that whoever read the frames gave to the interface, and that it has names for.
  public let place: InterfaceIndex
  /// The frame's number in its capture.
  public let frame: Int
  /// What the kernel took it for; nil where a format doesn't say.
  public let packetType: Sighting.PacketType?
  /// The sender at this point, before or after translation.
  public let source: SocketAddress
  /// The receiver at this point.
  public let destination: SocketAddress
  private let packedSource: PackedLinkAddress
  private let packedDestination: PackedLinkAddress
  /// Whether it carries the answer.
  public let isResponse: Bool

  init(_ sighting: Sighting, _ message: Sighting.Message, frame: Int) {
    time = sighting.time
    place = sighting.interface
    self.frame = frame
    packetType = sighting.packetType
    source = message.source
    destination = message.destination
    packedSource = PackedLinkAddress(sighting.linkSource)
    packedDestination = PackedLinkAddress(sighting.linkDestination)
    isResponse = message.isResponse
  }

  /// The frame's link source, if the format has it.
  public var linkSource: MACAddress? { packedSource.address }
  /// The frame's link destination; nil in cooked captures.
  public var linkDestination: MACAddress? { packedDestination.address }

  /// "in" or "out"; nil where the packet type isn't known.
  public var isOutgoing: Bool? { packetType.map { $0 == .outgoing } }
}
