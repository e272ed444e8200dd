internal import FoundationEssentials

extension MatrixDocument: Encodable {
  private enum Key: String, CodingKey { case schema, seed, started, duration, faults, holds }

  /// Encodes the header's members beside the document's own, as the schema has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try header.encode(to: encoder)
    try container.encode(seed, forKey: .seed)
    try container.encode(started, forKey: .started)
    try container.encode(duration, forKey: .duration)
    try container.encode(holds, forKey: .holds)
    try container.encode(rows, forKey: .faults)
  }

  /// The document as JSON, with sorted keys and a final line break.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension MatrixDocument.Row {
  private enum Key: String, CodingKey { case fault, severity, proof, because, arms, holds, reasons }

  /// Encodes whether it holds as well.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(fault, forKey: .fault)
    try container.encodeIfPresent(severity, forKey: .severity)
    try container.encode(proof, forKey: .proof)
    try container.encodeIfPresent(because, forKey: .because)
    try container.encode(arms, forKey: .arms)
    try container.encode(holds, forKey: .holds)
    try container.encode(reasons, forKey: .reasons)
  }
}

/// The JSON Schema of `kingpost.matrix/1`, which ships with the program.
public enum MatrixSchema {
  /// The schema, in JSON.
  public static var text: String { String(decoding: PackageResources.matrix_json, as: UTF8.self) }
}
