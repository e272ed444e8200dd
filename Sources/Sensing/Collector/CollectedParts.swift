internal import FoundationEssentials
internal import Observation

/// Sections by their names: those of the machine, of one namespace, or of one engine.
struct CollectedParts {
  private let sections: [String: CollectorSections.Section]

  init(_ sections: [CollectorSections.Section]) {
    self.sections = Dictionary(
      sections.map { ($0.name + ($0.argument.isEmpty ? "" : " " + $0.argument), $0) }
    ) { $1 }
  }

  /// A section's text.
  func text(_ name: String) -> Reading<String> {
    guard let section = sections[name] else {
      return .unreadable(reason: "the collector has no section \(name)")
    }
    switch section.text {
    case .text(let text): return .value(text)
    case .absent: return .absent
    case .unreadable(let reason): return .unreadable(reason: reason)
    }
  }

  /// A section's lines; none if it has none.
  func lines(_ name: String) -> [Substring] { sections[name]?.lines ?? [] }

  /// A section's first line.
  func line(_ name: String) -> String? { sections[name]?.lines.first.map(String.init) }

  /// A section's JSON; an empty section is an empty list, as `ip` prints nothing where there is nothing.
  func json<Value: Decodable & Sendable>(_ name: String, _ type: Value.Type) -> Reading<[Value]> {
    text(name).flatMap { text in
      let whole = text.utf8.allSatisfy { $0 <= 0x20 } ? "[]" : text
      do { return .value(try JSONDecoder().decode([Value].self, from: Data(whole.utf8))) } catch {
        return .unreadable(reason: "\(name): what was printed is no JSON that is known (an old iproute2?)")
      }
    }
  }

  /// Settings: "/proc/sys/NAME:VALUE". Names have slashes.
  func settings(_ name: String) -> [String: String] {
    var settings: [String: String] = [:]
    let root = "/proc/sys/"
    for line in lines(name) where line.hasPrefix(root) {
      // An interface's name may hold a colon, a setting's own name doesn't.
      guard let slash = line.lastIndex(of: "/"), let colon = line[slash...].firstIndex(of: ":") else {
        continue
      }
      settings[String(line[..<colon].dropFirst(root.count))] = String(line[line.index(after: colon)...])
    }
    return settings
  }
}

extension Reading {
  /// The reading that `transform` makes of the value.
  func flatMap<Other>(_ transform: (Value) -> Reading<Other>) -> Reading<Other> {
    switch self {
    case .value(let value): transform(value)
    case .absent: .absent
    case .unreadable(let reason): .unreadable(reason: reason)
    }
  }
}
