import Lab
import Reporting
import Testing

@testable import Experiments

/// What an experiment counted, before a verdict: everything is as a clear proof of the fault has it, and can be
/// changed.
struct Counts {
  /// Hosts of one part of one arm.
  struct Part {
    var hosts: Int
    var hit: Int
  }

  let fault: Fault
  /// By arm, in the order of the fault's parts.
  var parts: [Arm: [Part]]
  var failed = 100
  var unexplained = 0
  /// Explained by other causes.
  var others = 0
  var isComplete = true

  init(_ id: String, hostsPerArm: Int = 12) throws {
    fault = try #require(Fault.named(id))
    let counted = fault.parts.count(where: \.isReached)
    parts = [:]
    for arm in Arm.allCases {
      parts[arm] = fault.parts.map { part in
        let hosts = part.isReached ? hostsPerArm / counted : 3
        return Part(hosts: hosts, hit: arm == .fault && part.isReached ? hosts : 0)
      }
    }
  }

  var verdict: ExperimentDocument.Verdict {
    let arms = Arm.allCases.map { arm in
      let tallies = (parts[arm] ?? []).map(Self.tally)
      return ExperimentDocument.Arm(
        name: arm.rawValue,
        tally: Self.tally(
          Part(
            hosts: tallies.reduce(0) { $0 + $1.hosts },
            hit: tallies.reduce(0) { $0 + $1.hostsHit }
          )
        ),
        parts: zip(fault.parts, tallies).map { part, tally in
          .init(name: part.name, summary: part.summary, isCounted: part.isReached, tally: tally)
        }
      )
    }
    let own = failed - unexplained - others
    return VerdictRule(
      configuration: ExperimentConfiguration(fault: fault, seed: 1),
      isComplete: isComplete
    ).verdict(
      arms: arms,
      attribution: .init(
        failed: failed,
        explained: failed - unexplained,
        unexplained: unexplained,
        byCause: [fault.id: own, "something-else": others].filter { $0.value > 0 }
      )
    )
  }

  private static func tally(_ part: Part) -> ExperimentDocument.Tally {
    .init(
      hosts: part.hosts,
      hostsHit: part.hit,
      lookups: 0,
      failed: 0,
      failureRate: .init(estimate: 0, low: 0, high: 1)
    )
  }
}
