/// `kingpost.snapshot/1`: what every document begins with (`tool`, `host`, …) stands beside the rest.
extension Snapshot {
  private enum Key: String, CodingKey { case schema, machine, namespaces, engines, management }

  /// Decodes a document; its version must be this program's. Members that aren't known are ignored.
  ///
  /// Throws `SnapshotFileError` for another document or version, else `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let schema = try container.decodeIfPresent(String.self, forKey: .schema)
    guard schema == Self.schema else { throw SnapshotFileError(schema: schema) }
    origin = try SnapshotOrigin(from: decoder)
    machine = try container.decode(MachineSnapshot.self, forKey: .machine)
    namespaces = try container.decode([NamespaceSnapshot].self, forKey: .namespaces)
    engines = try container.decode([EngineSnapshot].self, forKey: .engines)
    management = try container.decode(ManagementSnapshot.self, forKey: .management)
  }

  /// Encodes the origin's members beside the document's own.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try origin.encode(to: encoder)
    try container.encode(machine, forKey: .machine)
    try container.encode(namespaces, forKey: .namespaces)
    try container.encode(engines, forKey: .engines)
    try container.encode(management, forKey: .management)
  }
}
