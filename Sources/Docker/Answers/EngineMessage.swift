internal import FoundationEssentials

/// What an engine answers instead of what was asked for: `{"message": "…"}`.
enum EngineMessage {
  private struct Body: Decodable { let message: String }

  /// ": MESSAGE" in one line, or nothing.
  static func text(_ body: [UInt8]) -> String {
    guard let body = try? JSONDecoder().decode(Body.self, from: Data(body)) else { return "" }
    return ": " + body.message.prefix(200).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

extension DecodingError {
  /// What was expected where, in a line.
  var summary: String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty
        ? "" : " at " + path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    return switch self {
    case .keyNotFound(let key, let context): "\(key.stringValue) is missing\(place(context.codingPath))"
    case .typeMismatch(let type, let context): "no \(type)\(place(context.codingPath))"
    case .valueNotFound(let type, let context): "no \(type)\(place(context.codingPath))"
    case .dataCorrupted(let context): context.debugDescription + place(context.codingPath)
    @unknown default: "\(self)"
    }
  }
}
