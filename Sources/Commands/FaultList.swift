internal import FoundationEssentials
internal import Lab

/// `prove --list`
enum FaultList {
  private struct Document: Encodable {
    let schema = "kingpost.faults/1"
    let faults: [Entry]
  }

  private struct Entry: Encodable {
    let id: String
    let title: String
    let parts: [String]
    let proof: String
  }

  /// Every fault with what it is, as text or as JSON.
  static func text(_ faults: [Fault], format: OutputFormat) throws -> String {
    if format == .json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let entries = faults.map {
        Entry(
          id: $0.id,
          title: $0.text.title,
          parts: $0.parts.map(\.name),
          proof: $0.isCheckOnly ? "check" : "lookups"
        )
      }
      return String(decoding: try encoder.encode(Document(faults: entries)), as: UTF8.self) + "\n"
    }
    return faults.map { fault in
      "\(fault.id)\n    \(fault.text.title)\n"
        + fault.parts.map { "    - \($0.name): \($0.summary)\n" }.joined()
        + (fault.isCheckOnly ? "    (shown by its check alone)\n" : "")
    }.joined()
  }
}
