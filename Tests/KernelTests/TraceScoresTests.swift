import Diagnosis
import Experiments
import FoundationEssentials
import Journeys
import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Testing

/// Traces of recordings held against what is true of each lookup.
@Suite(
  .serialized,
  .enabled(if: Program.find("tcpdump") != nil, "tcpdump is not installed"),
  .enabled(if: Program.find("dumpcap") != nil, "dumpcap is not installed"),
  .enabled(if: Privileges.isInInitialUserNamespace, "tcpdump can't stay root in a user namespace")
)
struct TraceScoresTests {
  private let folder = TemporaryFolder()

  @Test(arguments: RecordingScenario.all.map(\.id))
  func `what became of lookups is told from every kind of recording`(id: String) throws {
    let scenario = try #require(RecordingScenario.named(id))
    let path = folder.path
    let recording = try NamespaceThread.run {
      try Recorder(scenario, Recorder.Options(phaseDuration: .seconds(1)), into: path).record()
    }
    for file in recording.files {
      let score = try TraceScore(recording, file)
      let words: Comment = "\(file.kind.rawValue): \(score)"
      #expect(score.lookups > 100, words)
      #expect(score.outcomes >= 0.995, words)
      #expect(score.falseAlarms == 0, words)
      let isUndecidable = file.kind == .ethernet && Self.undecidable.contains(id)
      if !isUndecidable { #expect(score.stages >= 0.99, words) }
      if !isUndecidable || id != "uplink-down" { #expect(score.causes >= 0.99, words) }
      // Forwarding, a rule, or the uplink: frames alone can't tell which of these stopped it.
      let most = isUndecidable || Self.stoppedByHost.contains(id) ? 3.0 : 1.0
      #expect(score.meanNamed <= most, words)
    }
  }

  /// Where the gateway says nothing any more up to the capture's end, Ethernet frames that came to the bridge may have
  /// been for another MAC, or have been stopped behind it.
  private static let undecidable: Set<String> = ["mac-join", "forwarding-off", "forward-drop", "uplink-down"]
  private static let stoppedByHost: Set<String> = ["forwarding-off", "forward-drop", "uplink-down"]
}

/// How well a trace of one file agrees with the truth.
struct TraceScore: CustomStringConvertible {
  private struct Key: Hashable {
    let question: UInt64
    let client: SocketAddress
  }

  /// How many lookups were looked for.
  private(set) var lookups = 0
  private var rightOutcomes = 0
  private var failed = 0
  private var rightStages = 0
  private var rightCauses = 0
  private var candidateCounts: [Int] = []
  private var wrong: [String: Int] = [:]
  /// Answered lookups for which a cause was named.
  private(set) var falseAlarms = 0

  /// The share of lookups whose outcome is right.
  var outcomes: Double { lookups == 0 ? 0 : Double(rightOutcomes) / Double(lookups) }
  /// The share of failed lookups whose stage is right.
  var stages: Double { failed == 0 ? 1 : Double(rightStages) / Double(failed) }
  /// The share of failed lookups whose cause is right, or among the candidates.
  var causes: Double { failed == 0 ? 1 : Double(rightCauses) / Double(failed) }

  init(_ recording: Recording, _ file: Recording.File) throws {
    let places = CapturePlaces()
    var captures = try CaptureSet(opening: [file.path], places: places)
    var tracker = JourneyTracker(
      JourneyTracker.Options(timeout: recording.timeout, keepsAnswered: true)
    )
    while captures.advance() {
      guard let sighting = captures.sighting else { continue }
      _ = tracker.take(sighting, frame: captures.frame)
    }
    let last = captures.summaries[0].span?.upperBound ?? Timestamp(nanoseconds: 0)
    tracker.pass(to: last + .seconds(60))
    tracker.end()
    var journeys: [Key: Journey] = [:]
    for journey in tracker.takeFinished() {
      journeys[Key(question: journey.question, client: journey.client)] = journey
    }
    for lookup in recording.truth {
      guard let attempt = lookup.result.attempts.first else { continue }
      lookups += 1
      let key = Key(question: NameDigest.of(lookup.result.name), client: attempt.client)
      guard let journey = journeys[key] else {
        wrong["\(lookup.outcome.rawValue) not found", default: 0] += 1
        continue
      }
      if journey.outcome == lookup.outcome {
        rightOutcomes += 1
      } else {
        wrong["\(lookup.outcome.rawValue) taken for \(journey.outcome.rawValue)", default: 0] += 1
      }
      let verdict = JourneyVerdict(of: journey, network: tracker.network) { places.name(of: $0) }
      if lookup.outcome == .answered {
        if verdict.cause != nil || !verdict.candidates.isEmpty { falseAlarms += 1 }
        continue
      }
      failed += 1
      if verdict.stage == lookup.stage {
        rightStages += 1
      } else {
        wrong["\(lookup.stage?.rawValue ?? "-") taken for \(verdict.stage?.rawValue ?? "-")", default: 0] += 1
      }
      let named = verdict.cause.map { [$0.id.rawValue] } ?? verdict.candidates.map(\.id.rawValue)
      candidateCounts.append(named.count)
      if let cause = lookup.cause, named.contains(cause) {
        rightCauses += 1
      } else {
        wrong["\(lookup.cause ?? "-") taken for \(named.joined(separator: "|"))", default: 0] += 1
      }
    }
  }

  /// How many causes were named for a failure, on average.
  var meanNamed: Double {
    candidateCounts.isEmpty ? 0 : Double(candidateCounts.reduce(0, +)) / Double(candidateCounts.count)
  }

  var description: String {
    "lookups \(lookups) outcome \(outcomes) failed \(failed) stage \(stages) cause \(causes) named \(meanNamed)"
      + " \(wrong.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })"
  }
}
