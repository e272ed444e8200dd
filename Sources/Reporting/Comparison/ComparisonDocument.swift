/// What differs between two bridges or two snapshots: `kingpost.comparison/1`.
public struct ComparisonDocument: Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.comparison/1"

  /// How much a difference matters to containers.
  public enum Weight: String, Encodable, Hashable, Sendable, CaseIterable {
    case decisive, important, notable, minor
  }

  /// One of the two that are compared.
  public struct Side: Encodable, Hashable, Sendable {
    /// As it was asked for.
    public var name: String
    /// The machine's name.
    public var host: String
    /// The kernel's release.
    public var kernel: String
    /// When it was looked at: RFC 3339 UTC.
    public var time: String

    /// A side.
    public init(name: String, host: String, kernel: String, time: String) {
      self.name = name
      self.host = host
      self.kernel = kernel
      self.time = time
    }
  }

  /// One thing that differs.
  public struct Difference: Encodable, Hashable, Sendable {
    /// How much it matters.
    public var weight: Weight
    /// What differs, such as "bridge", "bridge:br0" or "engine:/run/docker.sock".
    public var subject: String
    /// In what.
    public var property: String
    /// What the first has; nil if it has nothing of the kind.
    public var left: String?
    /// What the second has.
    public var right: String?
    /// Why it matters.
    public var why: String

    /// A difference.
    public init(
      weight: Weight,
      subject: String,
      property: String,
      left: String?,
      right: String?,
      why: String
    ) {
      self.weight = weight
      self.subject = subject
      self.property = property
      self.left = left
      self.right = right
      self.why = why
    }
  }

  /// Who says it, about where, and what could not be looked at.
  public var header: DocumentHeader
  /// The first.
  public var left: Side
  /// The second.
  public var right: Side
  /// What differs, what matters most first.
  public var differences: [Difference]

  /// A document.
  public init(header: DocumentHeader, left: Side, right: Side, differences: [Difference]) {
    self.header = header
    self.left = left
    self.right = right
    self.differences = differences
  }
}

extension ComparisonDocument: Encodable {
  private enum Key: String, CodingKey { case schema, left, right, same, differences }

  /// Encodes the header's members beside the document's own, as the schema has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try header.encode(to: encoder)
    try container.encode(left, forKey: .left)
    try container.encode(right, forKey: .right)
    try container.encode(differences.isEmpty, forKey: .same)
    try container.encode(differences, forKey: .differences)
  }

  /// The document as JSON in ASCII, with sorted keys and a final line break.
  public func json() throws -> String { try HarmlessJSON.text(self) }
}

/// The JSON Schema of comparisons, which ships with the program.
public enum ComparisonSchema {
  /// The schema of `kingpost.comparison/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.comparison_json, as: UTF8.self) }
}
