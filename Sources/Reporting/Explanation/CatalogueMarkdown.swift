/// The whole catalogue as tables in Markdown, from which the list in docs/faults is made.
public struct CatalogueMarkdown: Sendable {
  private let entries: [Explanation]

  /// The tables of these entries, in their order.
  public init(_ entries: [Explanation]) { self.entries = entries }

  /// A table for each area, and lists of the reasons below them. Links lead to pages in the same folder.
  public func render() -> String {
    var areas: [String] = []
    for case let area? in entries.map(\.area) where !areas.contains(area) { areas.append(area) }
    var blocks = areas.flatMap { area in [table(area, entries.filter { $0.area == area })] }
    let unchecked = entries.compactMap { entry in entry.unchecked.map { (entry.id, $0) } }
    if !unchecked.isEmpty { blocks.append(list("## Not checked by `kingpost doctor`, and why", unchecked)) }
    let checkOnly = entries.compactMap { entry in entry.fault?.checkOnly.map { (entry.id, $0) } }
    if !checkOnly.isEmpty {
      blocks.append(list("## Shown by their checks alone, and why no lookup shows them", checkOnly))
    }
    let unmade = entries.compactMap { entry in entry.unmade.map { (entry.id, $0) } }
    if !unmade.isEmpty { blocks.append(list("## Made by no lab, and why", unmade)) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func table(_ area: String, _ entries: [Explanation]) -> String {
    let rows = entries.map { entry in
      let lab = entry.fault.map { $0.checkOnly == nil ? "lookups" : "check only" } ?? "none"
      let cells = [
        "\(entry.number)", "[\(entry.id)](\(entry.id).md)", Markdown.escaped(entry.title), entry.severity,
        entry.unchecked == nil ? "yes" : "no", lab,
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let head = ["| | id | what it is | severity | `doctor` | lab fault |", "|---|---|---|---|---|---|"]
    return (["## \(area)", ""] + head + rows).joined(separator: "\n")
  }

  private func list(_ heading: String, _ reasons: [(id: String, because: String)]) -> String {
    let items = reasons.map { Markdown.wrapped("`\($0.id)`: " + Markdown.escaped($0.because), bullet: "- ") }
    return ([heading, ""] + items).joined(separator: "\n")
  }
}
