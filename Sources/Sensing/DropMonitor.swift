public import LinuxSystem
internal import NetworkTypes
public import Observation

/// The kernel's own word on why it dropped a packet (tracepoint skb:kfree_skb), for the whole machine: the
/// kernel doesn't say in which namespace.
///
/// It watches with perf events on each processor. Nothing on the machine is switched on beyond this process,
/// and all of it goes with the process. It belongs to one thread at a time.
public final class DropMonitor {
  /// Reasons that containers lose packets for, by the kernel's names (`SKB_DROP_REASON_*`,
  /// `net/dropreason-core.h`). Those that a kernel doesn't know, it can't give.
  public static let usualReasons: Set<String> = [
    "BRIDGE_INGRESS_STP_STATE", "CPU_BACKLOG", "FULL_RING", "IP_CSUM", "IP_INADDRERRORS", "IP_INNOROUTES",
    "IP_INVALID_DEST", "IP_INVALID_SOURCE", "IP_LOCALNET", "IP_LOCAL_SOURCE", "IP_OUTNOROUTES", "IP_RPFILTER",
    "NEIGH_CREATEFAIL", "NEIGH_FAILED", "NEIGH_QUEUEFULL", "NETFILTER_DROP", "NO_TX_TARGET", "OTHERHOST",
    "PKT_TOO_BIG", "QDISC_DROP", "SOCKET_RCVBUFF", "UDP_CSUM", "XFRM_POLICY",
  ]

  private let tracepoints: Tracepoints
  private var processors: [Processor]
  private let symbols: KernelSymbols?
  private var lostReported: UInt64 = 0

  /// One processor's records, and where packets that it handles were last received.
  private struct Processor {
    /// A packet is dropped soon after it was received, if at all: its address is given to another one then.
    static let maximumRemembered = 8192
    let ring: TraceRing
    var interfaces: [UInt64: String] = [:]
  }

  /// How many records were lost so far because they weren't received in time.
  public var lost: UInt64 { processors.reduce(0) { $0 + $1.ring.lost } }

  /// Starts to watch for drops for certain reasons, by the kernel's names without prefix.
  public init(reasons: Set<String> = usualReasons) throws {
    let tracepoints = try Tracepoints()
    self.tracepoints = tracepoints
    let numbers = tracepoints.drop.symbols["reason", default: [:]].filter { reasons.contains($0.value) }.keys
    guard !numbers.isEmpty else {
      throw Unavailable(
        reason: "this kernel knows none of the reasons \(reasons.sorted().joined(separator: ", "))",
        advice: "The names are those of SKB_DROP_REASON_* in the kernel's net/dropreason-core.h."
      )
    }
    let filter = numbers.sorted().map { "reason == \($0)" }.joined(separator: " || ")
    let sources = [
      TraceRing.Source(tracepoints.drop.identifier, filter: filter, isUrgent: true),
      TraceRing.Source(tracepoints.arrival.identifier, isUrgent: false),
    ]
    // Now, because it takes some 70 ms: a program that is measuring shall not stand still at the first drop.
    symbols = try? KernelSymbols()
    processors = try Processors.online().map { Processor(ring: try TraceRing(sources, processor: $0)) }
  }

  /// Calls `handler` with drops soon after they happen, until `unwatch`. The monitor must live as long.
  public func watch(on loop: EventLoop, _ handler: @escaping ([Event]) throws -> Void) throws {
    for processor in processors {
      try loop.watch(processor.ring.rawDescriptor) { [unowned self] in try handler(receive()) }
    }
    // Asking a ring whether it is ready makes it forget that it was, and adding it to epoll asks: what has
    // happened before would wait for the next drop (`perf_poll`, kernel/events/core.c).
    try handler(receive())
  }

  /// Ends `watch`.
  public func unwatch(on loop: EventLoop) {
    for processor in processors { loop.unwatch(processor.ring.rawDescriptor) }
  }

  /// The drops since the last call, in order of time. If records were lost, the last event says how many so
  /// far.
  public func receive() -> [Event] {
    // Tracepoints have the monotonic clock, which isn't set; the difference is taken anew each time.
    let offset = Timestamp.now() - Timestamp.monotonicNow()
    var events: [Event] = []
    for index in processors.indices {
      processors[index].ring.receive { time, record in
        if let kind = take(record, at: index) { events.append(Event(time: time + offset, kind: kind)) }
      }
    }
    events.sort { $0.time < $1.time }
    if lost > lostReported {
      lostReported = lost
      events.append(Event(time: .now(), kind: .overrun(source: "tracepoints", total: Int(lost))))
    }
    return events
  }

  private func take(_ record: Span<UInt8>, at index: Int) -> Event.Kind? {
    let (arrival, drop) = (tracepoints.arrival, tracepoints.drop)
    // Both formats begin with the same fields.
    let type = drop.number("common_type", in: record)
    if type == arrival.identifier {
      guard let packet = arrival.number("skbaddr", in: record) else { return nil }
      if processors[index].interfaces.count >= Processor.maximumRemembered {
        processors[index].interfaces.removeAll(keepingCapacity: true)
      }
      processors[index].interfaces[packet] = arrival.text("name", in: record)
      return nil
    }
    guard type == drop.identifier, let packet = drop.number("skbaddr", in: record),
      let reason = drop.number("reason", in: record)
    else { return nil }
    return .drop(
      reason: drop.symbols["reason"]?[reason] ?? String(reason),
      function: drop.number("location", in: record).flatMap { symbols?.function(at: $0) },
      interface: processors[index].interfaces.removeValue(forKey: packet)
    )
  }
}
