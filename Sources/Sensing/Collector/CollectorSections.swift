/// What the collector prints, in its parts.
struct CollectorSections {
  /// One part.
  struct Section {
    /// Its name.
    let name: String
    /// What it is about; may be empty.
    let argument: String
    /// Its lines.
    var lines: [Substring] = []
    /// Why it has none, if it says so.
    var reason: Substring?

    /// Its lines as one text, which ends without a line break; or why there is none.
    var text: Collected { reading(lines.joined(separator: "\n")) }

    /// A value, if the section has one.
    private func reading(_ value: String) -> Collected {
      guard let reason else { return .text(value) }
      if reason == "absent" { return .absent }
      return .unreadable(String(reason.hasPrefix(Self.mark) ? reason.dropFirst(Self.mark.count) : reason))
    }

    private static let mark = "unreadable: "
  }

  /// What a section says.
  enum Collected {
    case text(String)
    case absent
    case unreadable(String)
  }

  /// The parts in order, without the last one.
  let all: [Section]

  /// Takes a text apart. Throws if it is another version's, or ends too early.
  init(_ text: String) throws(CollectorError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix(CollectorOutput.mark) else {
      throw CollectorError("it doesn't begin with \"\(CollectorOutput.mark) 1\"")
    }
    let version = first.dropFirst(CollectorOutput.mark.count + 1)
    guard version == "1" else {
      throw CollectorError(
        "it is version \(version.prefix(10)) of the collector's format, this program knows version 1"
      )
    }
    var sections: [Section] = []
    for (number, line) in lines.enumerated().dropFirst() {
      switch line.first {
      case "@":
        let words = line.dropFirst(2).split(separator: " ", maxSplits: 1)
        sections.append(
          Section(name: String(words.first ?? ""), argument: words.count > 1 ? String(words[1]) : "")
        )
      case "|" where !sections.isEmpty: sections[sections.count - 1].lines.append(line.dropFirst())
      case "!" where !sections.isEmpty: sections[sections.count - 1].reason = line.dropFirst(2)
      case nil: break
      default: throw CollectorError("line \(number + 1) is none of the collector's: \(line.prefix(40))")
      }
    }
    guard sections.last?.name == "end" else {
      throw CollectorError(
        "it ends too early, on line \(lines.count)\(sections.last.map { ", in \($0.name)" } ?? ""); collect it again"
      )
    }
    all = Array(sections.dropLast())
  }
}
