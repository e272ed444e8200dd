internal import FoundationEssentials

extension ExperimentDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, fault, title, seed, family, started, duration, variations, topology, arms, attribution,
      verdict
    case selfHealing, relief, scoring, marks, ruledOut, failures, evidence, timelines, explanation
  }

  /// Encodes the header's members beside the document's own, as the schema has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try header.encode(to: encoder)
    try container.encode(fault, forKey: .fault)
    try container.encode(title, forKey: .title)
    try container.encode(seed, forKey: .seed)
    try container.encode(family, forKey: .family)
    try container.encode(started, forKey: .started)
    try container.encode(duration, forKey: .duration)
    try container.encode(variations, forKey: .variations)
    try container.encode(topology, forKey: .topology)
    try container.encode(arms, forKey: .arms)
    try container.encode(attribution, forKey: .attribution)
    try container.encode(verdict, forKey: .verdict)
    try container.encodeIfPresent(selfHealing, forKey: .selfHealing)
    try container.encodeIfPresent(relief, forKey: .relief)
    try container.encodeIfPresent(scoring, forKey: .scoring)
    try container.encode(marks, forKey: .marks)
    try container.encode(ruledOut, forKey: .ruledOut)
    try container.encode(failures, forKey: .failures)
    try container.encode(evidence, forKey: .evidence)
    try container.encodeIfPresent(timelines, forKey: .timelines)
    try container.encode(explanation, forKey: .explanation)
  }

  /// The document as JSON, with sorted keys and a final line break.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension ExperimentDocument.Arm {
  private enum Key: String, CodingKey { case name, parts }

  /// Encodes the tally's members beside the arm's own.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try tally.encode(to: encoder)
    try container.encode(parts, forKey: .parts)
  }
}

extension ExperimentDocument.Part {
  private enum Key: String, CodingKey { case name, summary, isCounted }

  /// Encodes the tally's members beside the part's own.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(summary, forKey: .summary)
    try container.encode(isCounted, forKey: .isCounted)
    try tally.encode(to: encoder)
  }
}
