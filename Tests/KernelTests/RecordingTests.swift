import Captures
import Diagnosis
import Experiments
import FoundationEssentials
import Journeys
import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Testing

/// Recordings of lookups whose fate is known, made in a lab by the programs that people use.
@Suite(
  .serialized,
  .enabled(if: Program.find("tcpdump") != nil, "tcpdump is not installed"),
  .enabled(if: Program.find("dumpcap") != nil, "dumpcap is not installed"),
  .enabled(if: Privileges.isInInitialUserNamespace, "tcpdump can't stay root in a user namespace")
)
struct RecordingTests {
  private let folder = TemporaryFolder()

  private func record(_ id: String) throws -> Recording {
    let scenario = try #require(RecordingScenario.named(id))
    let options = Recorder.Options(phaseDuration: .seconds(1), timeout: .milliseconds(300))
    let path = folder.path
    return try NamespaceThread.run { try Recorder(scenario, options, into: path).record() }
  }

  @Test(
    arguments: [
      ("healthy", .answered, nil, nil),
      ("mac-leave", .unanswered, .bridge, "bridge-mac-unstable"),
      ("answer-dropped", .unanswered, .return, "answer-dropped"),
      ("resolver-late", .late, .upstream, "resolver-late"),
      ("resolver-refused", .errorResponse, .upstream, "resolver-refused"),
    ] as [(String, Journey.Outcome, Stage?, String?)]
  )
  func `lookups fare as the scenario wills, and their requests are in all files`(
    id: String,
    outcome: Journey.Outcome,
    stage: Stage?,
    cause: String?
  ) throws {
    let recording = try record(id)
    #expect(recording.scenario == id)
    #expect(recording.phases.count == 2)
    #expect(recording.unexplained.isEmpty)
    #expect(recording.leftOut <= 4)
    // A hundred each phase, fewer on a busy machine.
    let (before, after) = (recording.truth.filter { $0.phase == 0 }, recording.truth.filter { $0.phase == 1 })
    for phase in [before, after] {
      #expect(phase.count > 30 && Set(phase.map(\.container)) == ["build", "other"])
    }
    #expect(before.allSatisfy { $0.outcome == .answered && $0.stage == nil && $0.cause == nil })
    // A few could be late in any scenario where the machine stands still.
    let fitting = after.count { $0.outcome == outcome && $0.stage == stage && $0.cause == cause }
    #expect(fitting * 100 >= after.count * 95)
    let change = recording.phases[1].change
    #expect(before.allSatisfy { $0.result.end < change.lowerBound })
    #expect(after.allSatisfy { $0.result.start > change.upperBound })

    #expect(recording.files.map(\.kind) == Recording.Kind.allCases)
    for file in recording.files {
      let (capture, kind) = (try RecordedCapture(file.path), file.kind)
      #expect(file.lost == 0 && capture.damage == nil, "\(kind)")
      #expect(capture.linkTypes == [kind.linkType], "\(kind)")
      let missing = recording.truth.filter { !capture.requests.contains(RecordedCapture.Key($0.result)) }
      #expect(missing.isEmpty, "\(kind)")
      let unheard = recording.truth.filter { lookup in
        lookup.outcome != .unanswered && !capture.responses.contains(RecordedCapture.Key(lookup.result))
      }
      #expect(unheard.isEmpty, "\(kind)")
    }
  }

  @Test func `dumpcap records each port that stays, the bridge and the uplink`() throws {
    let recording = try record("mac-leave")
    let file = try #require(recording.file(.ethernet))
    // Behind the port with the smallest MAC is "lowest", which leaves.
    let interfaces = ["veth-build", "veth-other", "br0", "eth0"]
    #expect(file.interfaces == interfaces)
    #expect(try RecordedCapture(file.path).names == interfaces)
    #expect(recording.file(.cooked2)?.interfaces == [])
  }

  @Test func `causes that follow each other are told apart by when lookups were made`() throws {
    let recording = try record("mixture")
    #expect(recording.unexplained.isEmpty)
    let causes = (0..<recording.phases.count).map { phase in
      let lookups = recording.truth.filter { $0.phase == phase }
      return Dictionary(grouping: lookups) { $0.cause ?? "none" }.max { $0.value.count < $1.value.count }?.key
    }
    #expect(
      causes == ["none", "bridge-mac-unstable", "none", "masq-missing", "none", "resolver-error"]
    )
  }

  @Test func `when a program fails, the recording does, in its words, and nothing goes on running`() throws {
    let path = folder.path
    try FileManager.default.createDirectory(
      atPath: "\(path)/healthy.ethernet.pcapng",
      withIntermediateDirectories: false
    )
    #expect { try record("healthy") } throws: { "\($0)".contains("Is a directory") }
    let running = try Directory.names("/proc").filter { name in
      (try? TextFile.read("/proc/\(name)/cmdline"))?.contains(path) == true
    }
    #expect(running.isEmpty)
  }
}

/// A folder below /tmp that goes when its owner goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = URL.temporaryDirectory.appending(path: "kingpost-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// What is in a capture.
private struct RecordedCapture {
  /// What tells a lookup from all others.
  struct Key: Hashable {
    let transaction: UInt16?
    let question: UInt64

    init(_ lookup: LookupResult) {
      transaction = lookup.attempts.first?.transaction
      question = NameDigest.of(lookup.name)
    }

    init(_ message: Sighting.Message) {
      transaction = message.transaction
      question = message.question
    }
  }

  private(set) var requests: Set<Key> = []
  private(set) var responses: Set<Key> = []
  private(set) var linkTypes: Set<LinkType> = []
  let names: [String?]
  let damage: CaptureDamage?

  init(_ path: String) throws {
    var reader = try CaptureReader(opening: path)
    while reader.advance() {
      let frame = reader.frame
      linkTypes.insert(frame.linkType)
      let sighting = frame.time.flatMap { time in
        Sighting(
          frame: frame.bytes,
          linkType: frame.linkType,
          time: time,
          interface: InterfaceIndex(UInt32(frame.interface)),
          packetType: nil
        )
      }
      guard case .dns(let message) = sighting?.content else { continue }
      if message.isResponse { responses.insert(Key(message)) } else { requests.insert(Key(message)) }
    }
    names = reader.interfaces.map(\.name)
    damage = reader.damage
  }
}
