import Captures
import Glibc
import LinuxSystem
import NetworkTypes
import SystemPackage

/// A capture of DNS lookups over UDP, as a host with containers has it that is captured at three of its
/// interfaces at once: a port, where the clients are, the bridge, and the uplink, where their addresses are
/// translated.
///
/// A lookup that is answered is six frames, one that isn't is three. The frames are in the order of their
/// times, and those of a few hundred lookups are between each other. The same parameters give the same
/// octets.
///
/// ```swift
/// let capture = SyntheticCapture(lookups: 10_000)
/// try capture.write(to: "dns.pcapng")
/// ```
package struct SyntheticCapture {
  /// The interfaces' names, by their indexes in the capture.
  package static let interfaces = ["veth0", "br0", "eth0"]
  /// One lookup of so many has no answer.
  package static let perUnanswered = 100
  /// How many lookups' frames are sorted at once.
  private static let batch = 10_000
  /// How many octets are written at once.
  private static let chunk = 1 << 20
  /// 2024-01-01T00:00:00Z
  private static let beginning: Int64 = 1_704_067_200_000_000_000

  /// How many lookups there are, each of another name.
  package let lookups: Int
  /// How many clients make them, each with an address of its own.
  package let clients: Int
  /// What everything random follows from.
  package let seed: UInt64

  /// A capture of so many lookups (at most ten million, which is what their names have digits for) by so many
  /// clients (at most 50,000).
  package init(lookups: Int = 1_000_000, clients: Int = 1_000, seed: UInt64 = 1) {
    precondition((1...10_000_000).contains(lookups) && (1...50_000).contains(clients))
    self.lookups = lookups
    self.clients = clients
    self.seed = seed
  }

  /// How many lookups have no answer.
  package var unansweredCount: Int { lookups / Self.perUnanswered }

  /// How many frames there are.
  package var frameCount: Int { 6 * lookups - 3 * unansweredCount }

  /// Whether the lookup with this number, from 0, has an answer.
  package static func isAnswered(_ lookup: Int) -> Bool { lookup % perUnanswered != perUnanswered - 1 }

  /// Writes it to a file and waits until the disk has it, so that nobody who is measured afterwards meets the
  /// kernel writing; how many octets it has.
  @discardableResult
  package func write(to path: String) throws -> Int {
    let file = try Descriptor(opening: path, .writeOnly, options: [.create, .truncate])
    var octets = 0
    var writer = CaptureWriter(application: "kingpost benchmarks")
    let indexes = Self.interfaces.map { writer.add(CaptureInterface(linkType: .ethernet, name: $0)) }
    var frame = SyntheticFrame()
    var queue = SightingQueue()
    var time = Self.beginning
    for first in stride(from: 0, to: lookups, by: Self.batch) {
      for number in first..<min(first + Self.batch, lookups) {
        let lookup = SyntheticLookup(number, of: self)
        time += lookup.gap
        queue.add(lookup, at: time)
      }
      // The next lookup begins later than the last one of these.
      let isLast = first + Self.batch >= lookups
      for sighting in queue.take(until: isLast ? .max : time) {
        frame.become(sighting.step, of: SyntheticLookup(sighting.lookup, of: self))
        writer.write(
          frame.octets.span.extracting(0..<frame.count),
          at: Timestamp(nanoseconds: sighting.time),
          interface: indexes[sighting.step.interface]
        )
        if writer.pendingCount >= Self.chunk { octets += try Self.flush(&writer, file, path) }
      }
    }
    octets += try Self.flush(&writer, file, path)
    fsync(file.rawValue)
    return octets
  }

  private static func flush(
    _ writer: inout CaptureWriter,
    _ file: borrowing Descriptor,
    _ path: String
  ) throws -> Int {
    let bytes = writer.takeBytes()
    try file.writeAll(bytes, subject: path)
    return bytes.count
  }
}
