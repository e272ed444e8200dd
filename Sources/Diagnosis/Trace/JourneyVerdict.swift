public import Journeys
public import NetworkTypes
internal import Observation

/// Where a request ended and why, as far as frames tell: what a capture's failures died of.
///
/// From a capture nothing is certain: it shows what was sent, and not why the kernel dropped it. What is certain was told
/// by the kernel while it happened.
public struct JourneyVerdict: Sendable {
  /// Where it ended; nil if it was answered in time and without an error.
  public let stage: Stage?
  /// Why; nil if nothing explains it, or several things do.
  public let cause: Cause?
  /// What fits where the frames can't tell, at most three.
  public let candidates: [Candidate]

  /// Judges a journey by what was learnt about the network in the whole capture.
  public init(of journey: Journey, network: LearntNetwork, name: (InterfaceIndex) -> String) {
    let way = JourneyWay(journey, network)
    let (stage, explanations) = way.judge()
    self.stage = stage
    let strongest = explanations.first
    if let strongest, explanations.count == 1, !strongest.isLeftOver {
      cause = Cause(
        id: strongest.id,
        form: strongest.form,
        confidence: strongest.word == nil ? .likely : .certain,
        evidence: Self.evidence(strongest.word, name)
          + strongest.hops.map { hop in
            Evidence(
              time: hop.hop.time,
              source: "\(name(hop.hop.place)), frame \(hop.hop.frame)",
              value: hop.hop.words,
              meaning: hop.meaning
            )
          }
      )
      candidates = []
    } else {
      cause = nil
      candidates = explanations.prefix(3).map {
        Candidate(id: $0.id, confidence: .possible, decidedBy: $0.decidedBy)
      }
    }
  }

  /// What the kernel told.
  private static func evidence(
    _ word: JourneyExplanation.Word?,
    _ name: (InterfaceIndex) -> String
  ) -> [Evidence] {
    guard let word else { return [] }
    let source = word.source + (word.interface.map { ", " + name($0) } ?? "")
    return [Evidence(time: word.time, source: source, value: word.value, meaning: word.meaning)]
  }
}

extension Hop {
  /// What the frame was, in words.
  fileprivate var words: String {
    let link = linkDestination.map { " to \($0)" } ?? (packetType == .otherHost ? " (for another host)" : "")
    return "\(source) -> \(destination)\(link)"
  }
}

/// One thing that explains a failure.
struct JourneyExplanation {
  let id: CauseID
  var form: String?
  /// The frames that show it, with what each means.
  var hops: [(hop: Hop, meaning: String)] = []
  /// What would decide it.
  let decidedBy: String
  /// The kernel's own word that decides it.
  var word: Word?
  /// Whether it is what is left after others were ruled out, which proves nothing.
  var isLeftOver = false

  /// What the kernel told while it happened.
  struct Word {
    var interface: InterfaceIndex?
    var time: Timestamp?
    let source: String
    let value: String
    let meaning: String
  }
}
