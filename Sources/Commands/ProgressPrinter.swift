internal import Experiments
internal import Synchronization

/// Tells on standard error how an experiment goes: a line per arm, and failures as they happen.
final class ProgressPrinter {
  private let title: String?
  private let isTerminal = Output.isErrorTerminal
  private var failuresShown: [String: Int] = [:]
  private var linesToOverwrite = 0
  private var lastPrinted = -10.0

  init(title: String?) { self.title = title }

  func print(_ progress: Progress) {
    switch progress {
    case .built(let hosts, let containers, let seconds):
      if let title { say("== \(title)") }
      say("\(hosts) hosts with \(containers) containers are up after \(Self.tenths(seconds)) s")
    case .ready(let seconds):
      say("every container that asks had an answer after \(Self.tenths(seconds)) s; load begins")
    case .arms(let arms, let seconds): show(arms, seconds: seconds)
    case .failure(let arm, let host, let part, let container, let name, let seconds):
      failure(arm: arm, where: "host \(host) (\(part)), \(container)", name: name, seconds: seconds)
    case .loadEnded(let seconds, let isComplete):
      linesToOverwrite = 0
      say("load ended \(isComplete ? "" : "early, ")after \(Self.tenths(seconds)) s")
    }
  }

  /// Ends the lines that were still being written over.
  func end() { linesToOverwrite = 0 }

  private func show(_ arms: [Progress.ArmProgress], seconds: Double) {
    // On a terminal the lines are written over; in a log, one block in three seconds is enough.
    guard isTerminal || seconds - lastPrinted >= 3 else { return }
    lastPrinted = seconds
    if linesToOverwrite > 0 { Output.error("\u{1b}[\(linesToOverwrite)A") }
    for arm in arms {
      let clear = isTerminal ? "\u{1b}[K" : ""
      say(
        clear + "\(Self.tenths(seconds)) s  \(arm.title.padded(to: 8))"
          + "\(arm.changed) of \(arm.hosts) hosts changed, \(arm.lookups) lookups, \(arm.failed) failed,"
          + " \(arm.hostsHit) hosts hit"
      )
    }
    if isTerminal { linesToOverwrite = arms.count }
  }

  /// The first failures of each arm; after that the arms' lines count them.
  private func failure(arm: String, where place: String, name: String, seconds: Double) {
    let shown = failuresShown[arm, default: 0]
    guard shown < 3 else { return }
    failuresShown[arm] = shown + 1
    linesToOverwrite = 0
    say(
      "\(Self.tenths(seconds)) s  \(arm.padded(to: 8))no answer: \(place)"
        + (shown == 2 ? " (no more are shown)" : "")
    )
  }

  private func say(_ line: String) { Output.error(line + "\n") }

  private static func tenths(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
