extension FindingsDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, time, scopes, lookedAt, counts, findings, checks, next
  }

  private struct Counts: Encodable {
    let findings: [String: Int]
    let checks: [String: Int]
  }

  /// Encodes the header's members beside the document's own, as the schema has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try header.encode(to: encoder)
    try container.encode(time, forKey: .time)
    try container.encode(scopes, forKey: .scopes)
    try container.encode(lookedAt, forKey: .lookedAt)
    let counts = Counts(
      findings: .init(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, count($0)) }),
      checks: .init(uniqueKeysWithValues: Status.allCases.map { ($0.rawValue, count($0)) })
    )
    try container.encode(counts, forKey: .counts)
    try container.encode(findings, forKey: .findings)
    try container.encode(checks, forKey: .checks)
    try container.encode(next, forKey: .next)
  }

  /// The document as JSON in ASCII, with sorted keys and a final line break.
  public func json() throws -> String { try HarmlessJSON.text(self) }
}
