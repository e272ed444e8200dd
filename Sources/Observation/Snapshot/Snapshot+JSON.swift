internal import FoundationEssentials

extension Snapshot {
  /// The document as JSON, with sorted keys and a final line break: equal snapshots are equal texts.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Reads a document. The error says what is wrong, and where.
  public init(json bytes: [UInt8]) throws(SnapshotFileError) {
    // Byte order marks and blanks are no content.
    guard bytes.contains(where: { $0 > 0x20 && $0 != 0x7f }) else { throw SnapshotFileError(.empty) }
    do {
      self = try JSONDecoder().decode(Snapshot.self, from: Data(bytes))
    } catch {
      // The decoder doesn't say where JSON is broken, and takes some for good.
      throw JSONSyntax.mistake(in: bytes) ?? SnapshotFileError(error)
    }
  }
}

extension SnapshotFileError {
  /// What a decoder's error means for a person.
  fileprivate init(_ error: any Error) {
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.reduce(into: "") { text, key in
        if let index = key.intValue {
          text += "[\(index)]"
        } else {
          text += (text.isEmpty ? "" : ".") + key.stringValue
        }
      }
    }
    switch error {
    case let error as SnapshotFileError: self = error
    case DecodingError.keyNotFound(let key, let context):
      self.init(.invalid(path: path(context, key)), reason: "it is missing")
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      self.init(.foreign(schema: nil))
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      self.init(.invalid(path: path(context)), reason: context.debugDescription)
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      self.init(.invalid(path: path(context)), reason: context.debugDescription)
    // Of a number that a member can't hold, the decoder doesn't say which.
    case DecodingError.dataCorrupted: self.init(.invalid(path: ""), reason: Self.number)
    default: self.init(.invalid(path: ""), reason: "\(error)")
    }
  }

  private static let number = "a number doesn't fit its member (negative, fractional or too great)"
}
