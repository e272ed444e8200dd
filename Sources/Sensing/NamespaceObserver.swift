public import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
public import Observation
internal import PacketSocket

/// Watches one network namespace: the frames of name resolution at its devices, and what happens to its
/// links and neighbours. What it sees is kept in memory, up to a limit; what it had to drop is counted.
///
/// It belongs to the thread of its event loop, and stops when it goes.
public final class NamespaceObserver {
  /// What to watch, and how much of it to keep.
  public struct Options: Hashable, Sendable {
    /// Whether frames are captured.
    public var capturesFrames = true
    /// The most frames to keep; each takes some 200 bytes.
    public var maximumSightings = 200_000
    /// The most events to keep.
    public var maximumEvents = 50_000

    /// The usual.
    public init() {}
  }

  /// What was seen since the beginning.
  public struct Record: Sendable {
    /// The frames, in order of time.
    public let sightings: [Sighting]
    /// Frames that the kernel or the limit lost: with any, "not seen" proves nothing.
    public let sightingsLost: Int
    /// What happened, in order. If the limit lost any, the last one says so.
    public let events: [Event]
  }

  private static let maximumTurns = 64

  private let loop: EventLoop
  private let options: Options
  private let reader: NamespaceReader
  private let socket: PacketSocket?
  private let monitor: RouteMonitor
  private var translator: RouteEventTranslator
  private var sightings: [Sighting] = []
  private var sightingsDropped = 0
  private var events: [Event] = []
  private var eventsDropped = 0

  /// Starts to watch a namespace; it is served whenever `loop` runs.
  public init(_ namespace: NetworkNamespace, on loop: EventLoop, _ options: Options = Options()) throws {
    self.loop = loop
    self.options = options
    reader = try NamespaceReader(namespace)
    socket = options.capturesFrames ? try PacketSocket(in: namespace) : nil
    monitor = try RouteMonitor([.links, .neighbours], in: namespace, receiveBuffer: 4 << 20)
    // After the monitor has begun, so that no change lies between.
    translator = RouteEventTranslator(links: try monitor.snapshot().links)
    try loop.watch(monitor.rawDescriptor) { [unowned self] in try receiveEvents() }
    if let socket { try loop.watch(socket.rawDescriptor) { [unowned self] in try receiveFrames() } }
  }

  deinit { stop() }

  /// Stops watching; what was seen stays.
  public func stop() {
    loop.unwatch(monitor.rawDescriptor)
    if let socket { loop.unwatch(socket.rawDescriptor) }
  }

  /// The namespace's state now.
  public func state(settings: [String] = [], includesRuleset: Bool = true) throws -> NamespaceState {
    try reader.read(settings: settings, includesRuleset: includesRuleset)
  }

  /// Everything that was seen so far, also what the loop has not served yet.
  public func record() throws -> Record {
    // The monitor hands over a limited number at once; where changes never end, this does.
    for _ in 0..<Self.maximumTurns { if try receiveEvents() == 0 { break } }
    try receiveFrames()
    var events = events
    if eventsDropped > 0 {
      let overrun = Event.Kind.overrun(source: "memory for events", total: eventsDropped)
      events.append(Event(time: .now(), kind: overrun))
    }
    let lost = try socket?.statistics().lost ?? 0
    return Record(
      // Processors hand over their frames one after another, so the order may differ by microseconds.
      sightings: sightings.sorted { $0.time < $1.time },
      sightingsLost: sightingsDropped + Int(lost),
      events: events
    )
  }

  /// Takes what the monitor has; how many notifications it was.
  @discardableResult
  private func receiveEvents() throws -> Int {
    let notifications = try monitor.receive()
    for notification in notifications {
      for event in translator.events(for: notification) {
        if events.count < options.maximumEvents { events.append(event) } else { eventsDropped += 1 }
      }
    }
    return notifications.count
  }

  private func receiveFrames() throws {
    try socket?.receive { frame, arrival in
      guard
        let sighting = Sighting(
          frame: frame,
          time: arrival.time,
          interface: arrival.interface,
          packetType: Sighting.PacketType(rawValue: arrival.packetType)
        )
      else { return }
      if sightings.count < options.maximumSightings {
        sightings.append(sighting)
      } else {
        sightingsDropped += 1
      }
    }
  }
}
