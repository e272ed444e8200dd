/// A field that follows from the rest of a packet, such as a length or a checksum.
public enum DerivedField<Value: FixedWidthInteger & Sendable>: Hashable, Sendable {
  /// Written as it should be.
  case computed
  /// Written as it is stated, right or wrong. What is read from a packet is always stated.
  case stated(Value)

  /// The stated value, or what `compute` makes of it.
  func value(_ compute: () -> Value) -> Value {
    switch self {
    case .computed: compute()
    case .stated(let value): value
    }
  }
}
