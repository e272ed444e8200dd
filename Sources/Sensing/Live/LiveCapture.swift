public import LinuxSystem
internal import Netlink
internal import NetlinkCodec
public import NetworkTypes
public import Observation
internal import PacketSocket

/// Name resolution in one network namespace as it passes: one packet socket over all interfaces, and what the kernel
/// says about their link addresses (rtnetlink(7)).
///
/// No interface is made promiscuous, and the filter is in the kernel before the first frame. It belongs to the thread of
/// its event loop.
public final class LiveCapture {
  /// Memory that frames may wait in. A core that is taken away for a tenth of a second is 4,000 frames late at 10,000
  /// lookups a second over four interfaces; each takes some kilobytes of it.
  private static let bufferBytes = 64 << 20

  /// So many times 64 frames are taken before signals, timers and others have their turn, and at the end.
  private static let turns = 64
  private static let lastTurns = 4_096

  /// One frame, with what has to be read before the next comes.
  public struct Arrival {
    /// What it tells.
    public let sighting: Sighting
    /// Its number in this capture.
    public let frame: Int
    /// The name that its question asks for, in wire form without the final zero; empty without one.
    public let questionName: [UInt8]
  }

  /// The kernel's word on an interface.
  public enum Notice: Hashable, Sendable {
    /// At this moment the interface had this link address.
    case address(InterfaceIndex, MACAddress, at: Timestamp)
    /// From this moment the interface could carry frames, or couldn't (`IFF_RUNNING`).
    case carries(InterfaceIndex, Bool, at: Timestamp)
    /// At this moment the namespace forwarded packets of a family, or didn't (ip-sysctl: ip_forward, forwarding).
    case forwards(IPFamily, Bool, at: Timestamp)
    /// The interface is gone, or has another place from now on.
    case gone(InterfaceIndex)
    /// So many notifications were lost since the beginning; addresses may have changed unseen for a moment.
    case lost(total: Int)
  }

  /// What is called in documents and errors.
  public let name: String
  private let namespace: NetworkNamespace
  private let prefix: String
  private let socket: PacketSocket
  private let monitor: RouteMonitor
  private let connection: NetlinkConnection
  private let places: CapturePlaces
  private let file: Int
  private var byIndex: [InterfaceIndex: InterfaceIndex] = [:]
  private var loopbacks: Set<InterfaceIndex> = []
  private var frames = 0
  private var noticesLost = 0
  private var span: ClosedRange<Timestamp>?

  /// Starts to take frames in; those that come before `watch` wait.
  ///
  /// - Parameters:
  ///   - name: what the namespace is called.
  ///   - prefix: goes before the names of its interfaces, where there are several namespaces.
  public init(_ name: String, in namespace: NetworkNamespace, prefix: String, places: CapturePlaces) throws {
    self.name = name
    self.namespace = namespace
    self.prefix = prefix
    self.places = places
    file = places.addFile(name)
    connection = try NetlinkConnection(in: namespace)
    monitor = try RouteMonitor([.links], in: namespace, receiveBuffer: 1 << 20)
    socket = try PacketSocket(in: namespace, bufferBytes: Self.bufferBytes)
    for link in try connection.links(statistics: false) {
      _ = place(of: link.index, named: link.name)
      if link.flags.contains(.loopback) { loopbacks.insert(link.index) }
    }
  }

  /// Calls back with each frame and each notice whenever the loop runs; the present link addresses first.
  public func watch(
    on loop: EventLoop,
    frames take: @escaping (Arrival) throws -> Void,
    notices hear: @escaping (Notice) throws -> Void
  ) throws {
    for link in try connection.links(statistics: false) { try told(link, at: .now(), hear) }
    try readSettings(hear)
    try loop.watch(monitor.rawDescriptor) { [unowned self] in try receiveNotices(hear) }
    try loop.watch(socket.rawDescriptor) { [unowned self] in try receiveFrames(take) }
  }

  /// Takes what the loop hasn't served yet, and ends.
  public func end(
    on loop: EventLoop,
    frames take: (Arrival) throws -> Void,
    notices hear: (Notice) throws -> Void
  ) throws {
    loop.unwatch(monitor.rawDescriptor)
    loop.unwatch(socket.rawDescriptor)
    try receiveNotices(hear)
    // What is there when it ends, and not what comes for ever.
    try receiveFrames(turns: Self.lastTurns, take)
  }

  /// What was taken in until now; what was lost as the kernel counts it.
  public func summary() throws -> CaptureSummary {
    let complaints =
      noticesLost > 0
      ? ["\(name): \(noticesLost) times notifications of the kernel about interfaces were lost"] : []
    return CaptureSummary(
      name: name,
      frames: frames,
      span: span,
      lost: try socket.statistics().lost,
      complaints: complaints
    )
  }

  private func receiveFrames(turns: Int = LiveCapture.turns, _ take: (Arrival) throws -> Void) throws {
    try socket.receive(turns: turns) { bytes, arrival in
      // What the loopback interface sends it receives: the same frame, which is taken as it comes in.
      if arrival.packetType == Sighting.PacketType.outgoing.rawValue, loopbacks.contains(arrival.interface) {
        return
      }
      frames += 1
      let sighting = Sighting(
        frame: bytes,
        time: arrival.time,
        interface: place(of: arrival.interface),
        packetType: Sighting.PacketType(rawValue: arrival.packetType)
      )
      guard let sighting else { return }
      let time = sighting.time
      if span?.contains(time) != true {
        span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
      }
      try take(Arrival(sighting: sighting, frame: frames, questionName: sighting.questionName(in: bytes)))
    }
  }

  private func receiveNotices(_ hear: (Notice) throws -> Void) throws {
    for event in try monitor.receive() {
      switch event.change {
      case .link(let link): try told(link, at: event.time, hear)
      case .overrun(let total):
        noticesLost = total
        try hear(.lost(total: total))
      case .linkRemoved(let link):
        if let place = byIndex.removeValue(forKey: link.index) { try hear(.gone(place)) }
      case .resynchronised(let snapshot): for link in snapshot.links { try told(link, at: event.time, hear) }
      default: break
      }
    }
  }

  private func told(_ link: Link, at time: Timestamp, _ hear: (Notice) throws -> Void) throws {
    let place = place(of: link.index, named: link.name)
    if let address = link.address { try hear(.address(place, address, at: time)) }
    try hear(.carries(place, link.flags.isSuperset(of: [.up, .running]), at: time))
  }

  /// Whether the namespace forwards; to be called now and then, for its changes are seen by whoever looks.
  public func readSettings(_ hear: (Notice) throws -> Void) throws {
    let states = try? namespace.perform {
      [(IPFamily.v4, try Self.forwards("ipv4")), (.v6, try Self.forwards("ipv6"))]
    }
    for (family, isOn) in states ?? [] { try hear(.forwards(family, isOn, at: .now())) }
  }

  /// What comes in by an interface is forwarded if that interface's own setting says so; the one for all sets them all
  /// when it is written, and each can be written afterwards (ip-sysctl, conf/interface/forwarding).
  private static func forwards(_ family: String) throws -> Bool {
    let all = "/proc/sys/net/\(family)/conf"
    if try TextFile.read("\(all)/all/forwarding") != "0" { return true }
    return try Directory.names(all).contains { name in
      name != "default" && (try? TextFile.read("\(all)/\(name)/forwarding")) == "1"
    }
  }

  private func place(of index: InterfaceIndex, named name: String? = nil) -> InterfaceIndex {
    if let known = byIndex[index] { return known }
    // An interface may be gone before its first frame is looked at.
    let name = name ?? (try? connection.link(at: index))?.name ?? "interface \(index)"
    let place = places.add(prefix + name, in: file)
    byIndex[index] = place
    return place
  }
}
