/// Why a file is no snapshot that this program can read: what is wrong, and where.
public struct SnapshotFileError: Error, Hashable, Sendable {
  /// What kind of mistake it is.
  public enum Code: Hashable, Sendable {
    /// There is nothing in the file.
    case empty
    /// It isn't JSON from the byte `offset` (the first is 0) on; it is on line `line` (the first is 1).
    case broken(offset: Int, line: Int)
    /// It ends before its JSON does.
    case truncated(bytes: Int)
    /// It is another document; `schema` is what it says it is, nil if it doesn't say.
    case foreign(schema: String?)
    /// It is a snapshot of a later version.
    case future(version: Int)
    /// It is a snapshot, but a member is missing or isn't what it must be; `path` is where, such as
    /// "namespaces[0].links.value[3].mtu".
    case invalid(path: String)
  }

  /// What kind of mistake it is.
  public let code: Code
  /// What is wrong there; may be empty.
  public let reason: String

  /// A mistake.
  public init(_ code: Code, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// What is wrong about a document that says it is `schema`.
  init(schema: String?) {
    let kind = "kingpost.snapshot/"
    if let schema, schema.hasPrefix(kind), let version = Int(schema.dropFirst(kind.count)), version > 1 {
      self.init(.future(version: version))
    } else {
      self.init(.foreign(schema: schema))
    }
  }
}

extension SnapshotFileError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch code {
    case .empty: "it is empty; a snapshot is JSON, as \"kingpost snapshot\" writes it"
    case .broken(let offset, let line): "it is no JSON: \(reason) on line \(line), at byte \(offset)"
    case .truncated(let bytes):
      "it ends too early, after \(bytes) bytes: \(reason); copy it again, or take the snapshot again"
    case .foreign(nil): "it is no snapshot: it has no \"schema\""
    case .foreign(let schema?): "it is \"\(schema)\", not \"\(Snapshot.schema)\""
    case .future(let version):
      "it is version \(version) of a snapshot, this program knows version 1; use a newer kingpost"
    case .invalid(let path): path.isEmpty ? reason : "\(path): \(reason)"
    }
  }
}
