internal import CLinux
internal import Glibc
public import NetworkTypes
internal import SystemPackage

/// The records of tracepoints on one processor, in memory that the kernel shares with this process
/// (perf_event_open(2)).
///
/// All of it goes with the process, however it ends. Needs CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN) in
/// the first user namespace.
@safe
public final class TraceRing {
  /// A tracepoint to record.
  public struct Source: Hashable, Sendable {
    /// Its number.
    public let identifier: UInt64
    /// Which records the kernel is to keep, such as "reason == 13" (the kernel's
    /// Documentation/trace/events.rst); nil for all.
    public let filter: String?
    /// Whether a record makes the descriptor ready at once, or only half a ring of them.
    public let isUrgent: Bool

    /// A tracepoint to record.
    public init(_ identifier: UInt64, filter: String? = nil, isUrgent: Bool) {
      self.identifier = identifier
      self.filter = filter
      self.isUrgent = isUrgent
    }
  }

  private final class Event {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  private let events: [Event]
  private let page: UnsafeMutablePointer<perf_event_mmap_page>
  private let data: UnsafeRawPointer
  private let dataBytes: Int
  private let mappedBytes: Int
  /// How many records were lost so far because the ring was full.
  public private(set) var lost: UInt64 = 0

  /// For `EventLoop.watch`; valid as long as this object. Ready means that records came since it was last
  /// asked, so whoever starts to watch it is to receive once by itself.
  public var rawDescriptor: Int32 { events[0].descriptor.rawValue }

  /// Starts to record tracepoints on a processor.
  ///
  /// - Parameters:
  ///   - sources: at least one.
  ///   - pages: size of the ring in pages of memory, a power of two.
  public init(_ sources: [Source], processor: Int32, pages: Int = 256) throws(SystemError) {
    let pageBytes = sysconf(Int32(_SC_PAGESIZE))
    let dataBytes = pages * pageBytes
    let mappedBytes = dataBytes + pageBytes
    var events: [Event] = []
    for source in sources {
      events.append(Event(try Self.open(source, processor, wakeAt: dataBytes / 2)))
    }
    guard let first = events.first?.descriptor.rawValue else {
      throw SystemError(operation: "perf_event_open", errno: .invalidArgument)
    }
    let address = try systemCall("mmap", "perf ring of processor \(processor)") {
      unsafe Int(bitPattern: mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, first, 0))
    }
    guard let start = unsafe UnsafeMutableRawPointer(bitPattern: address) else {
      throw SystemError(operation: "mmap", errno: .invalidArgument)
    }
    unsafe page = start.assumingMemoryBound(to: perf_event_mmap_page.self)
    unsafe data = UnsafeRawPointer(start + pageBytes)
    self.events = events
    self.dataBytes = dataBytes
    self.mappedBytes = mappedBytes
    for event in events {
      let number = event.descriptor.rawValue
      if number != first {
        try systemCall("ioctl", "PERF_EVENT_IOC_SET_OUTPUT") { kp_perf_set_output(number, first) }
      }
      try systemCall("ioctl", "PERF_EVENT_IOC_ENABLE") { kp_perf_enable(number) }
    }
  }

  deinit { unsafe _ = munmap(page, mappedBytes) }

  private static func open(
    _ source: Source,
    _ processor: Int32,
    wakeAt bytes: Int
  ) throws(SystemError) -> Descriptor {
    var attributes = perf_event_attr()
    attributes.type = PERF_TYPE_TRACEPOINT.rawValue
    attributes.size = UInt32(MemoryLayout<perf_event_attr>.size)
    attributes.config = source.identifier
    attributes.sample_period = 1
    attributes.sample_type = UInt64(PERF_SAMPLE_TIME.rawValue | PERF_SAMPLE_RAW.rawValue)
    attributes.disabled = 1
    // The kernel refuses CLOCK_REALTIME here: tracepoints may fire in NMIs.
    attributes.use_clockid = 1
    attributes.clockid = CLOCK_MONOTONIC
    if source.isUrgent {
      attributes.wakeup_events = 1
    } else {
      attributes.watermark = 1
      attributes.wakeup_watermark = UInt32(bytes)
    }
    let event = Descriptor(
      owning: try systemCall("perf_event_open", "tracepoint \(source.identifier)") {
        unsafe kp_perf_event_open(&attributes, -1, processor, -1, 0)
      }
    )
    if let filter = source.filter {
      let number = event.rawValue
      try systemCall("ioctl", "PERF_EVENT_IOC_SET_FILTER \(filter)") {
        unsafe kp_perf_set_filter(number, filter)
      }
    }
    return event
  }

  /// Calls `body` with each record that has come: when it happened (CLOCK_MONOTONIC), and its bytes as the
  /// tracepoint's format has them.
  public func receive(_ body: (Timestamp, Span<UInt8>) -> Void) {
    let head = unsafe kp_load_acquire(&page.pointee.data_head)
    var tail = unsafe page.pointee.data_tail
    while tail < head {
      // struct perf_event_header: type 4, misc 2, size 2.
      let type: UInt32 = read(at: tail)
      let size: UInt16 = read(at: tail + 6)
      guard size >= 8 else { break }
      if type == PERF_RECORD_LOST.rawValue {
        // The event's number 8, how many records 8.
        lost += read(at: tail + 16) as UInt64
      } else if type == PERF_RECORD_SAMPLE.rawValue, size >= 20 {
        // In the order of perf_event_open(2): time 8, length 4, record.
        let time: UInt64 = read(at: tail + 8)
        let length: UInt32 = read(at: tail + 16)
        let record = bytes(at: tail + 20, count: min(Int(length), Int(size) - 20))
        body(Timestamp(nanoseconds: Int64(time)), record.span)
      }
      tail += UInt64(size)
    }
    unsafe kp_store_release(&page.pointee.data_tail, head)
  }

  /// A number at a position that counts bytes since the beginning. The kernel aligns records to eight bytes,
  /// so that no number is divided by the ring's end.
  private func read<Number: FixedWidthInteger & BitwiseCopyable>(at position: UInt64) -> Number {
    unsafe data.loadUnaligned(fromByteOffset: Int(position % UInt64(dataBytes)), as: Number.self)
  }

  private func bytes(at position: UInt64, count: Int) -> [UInt8] {
    let start = Int(position % UInt64(dataBytes))
    let first = min(count, dataBytes - start)
    let beforeEnd = unsafe UnsafeRawBufferPointer(start: data + start, count: first)
    return unsafe Array(beforeEnd) + Array(UnsafeRawBufferPointer(start: data, count: count - first))
  }
}
