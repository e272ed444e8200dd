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
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}
