/// What came of looking at something.
///
/// A check that needs an unreadable value is unknown; it is never taken for absent.
public enum Reading<Value: Sendable>: Sendable {
  /// It is there, and this is it.
  case value(Value)
  /// It was looked for and is not there.
  case absent
  /// It could not be looked at, and why.
  case unreadable(reason: String)

  /// The value, if there is one.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The same reading of what `transform` makes of the value.
  public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Reading<Other> {
    switch self {
    case .value(let value): .value(try transform(value))
    case .absent: .absent
    case .unreadable(let reason): .unreadable(reason: reason)
    }
  }
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}

/// In documents: `{"value": …}`, `{"absent": true}`, or `{"unreadable": "why"}`.
extension Reading: Codable where Value: Codable {
  private enum Key: String, CodingKey { case value, absent, unreadable }

  /// Decodes one of the three forms; anything else is corrupt data.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let reason = try container.decodeIfPresent(String.self, forKey: .unreadable) {
      self = .unreadable(reason: reason)
    } else if try container.decodeIfPresent(Bool.self, forKey: .absent) == true {
      self = .absent
    } else {
      self = .value(try container.decode(Value.self, forKey: .value))
    }
  }

  /// Encodes the form that applies.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .value(let value): try container.encode(value, forKey: .value)
    case .absent: try container.encode(true, forKey: .absent)
    case .unreadable(let reason): try container.encode(reason, forKey: .unreadable)
    }
  }
}
