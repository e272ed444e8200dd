internal import Observation

extension Reading {
  /// The value, or nil if it is absent; throws if it couldn't be read. `what` names it for a person.
  func needed(_ what: String) throws(Missing) -> Value? {
    switch self {
    case .value(let value): return value
    case .absent: return nil
    case .unreadable(let reason): throw Missing(what: "\(what): \(reason)")
    }
  }

  /// The value; throws if it is absent or couldn't be read. `what` names it for a person.
  func required(_ what: String) throws(Missing) -> Value {
    guard let value = try needed(what) else { throw Missing(what: "\(what): there is none") }
    return value
  }
}

extension Optional {
  /// The value of a reading that may not have been made at all, or nil if it is absent; throws otherwise.
  func needed<Value: Sendable>(_ what: String) throws(Missing) -> Value? where Wrapped == Reading<Value> {
    guard let reading = self else { throw Missing(what: "\(what): it was not read") }
    return try reading.needed(what)
  }
}
