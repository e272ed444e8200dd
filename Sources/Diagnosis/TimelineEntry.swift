public import NetworkTypes
public import Observation

/// One moment of a lookup's way.
public struct TimelineEntry: Hashable, Sendable {
  /// What happened at it.
  public enum What: Hashable, Sendable {
    /// The program handed the request to the kernel.
    case sent
    /// The request was seen.
    case request
    /// The answer was seen.
    case answer
    /// The client asked for the link address of its next hop.
    case solicitation
    /// The client was told a link address of its next hop.
    case advertisement
    /// The bridge's link address changed, from one to another.
    case bridgeAddress(from: MACAddress, to: MACAddress)
    /// The lookup ended.
    case ended
  }

  /// When.
  public let time: Timestamp
  /// The time since the request was sent; negative before it.
  public let offset: Duration
  /// What.
  public let what: What
  /// The interface's name; nil for what the program itself did.
  public let interface: String?
  /// The message's sender at this point.
  public let source: SocketAddress?
  /// The message's receiver at this point.
  public let destination: SocketAddress?
  /// The frame's receiver.
  public let linkDestination: MACAddress?
  /// What the kernel took the frame for.
  public let packetType: Sighting.PacketType?
  /// Whether the other lookup's way, beside which this one is shown, differs for the first time here.
  public let isFirstDifference: Bool
  /// What has to be the same in two ways for them to count as equal up to here.
  let step: Step
}

/// What two ways are compared by: where and how, without times, names and addresses.
struct Step: Hashable {
  enum Place: Hashable { case program, port, otherPort, bridge, uplink }
  enum Kind: Hashable { case sent, request, answer, resolution, context, ended }

  let kind: Kind
  let place: Place
  let isOutgoing: Bool
  /// Only on the bridge: at a port the kernel's packet type means nothing.
  let packetType: Sighting.PacketType?
  /// Whether a frame's receiver is whom such a frame is for: the bridge, or the client.
  let isAddressedRight: Bool
}
