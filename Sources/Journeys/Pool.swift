/// Values of one size under numbers that stay theirs until they are given back: nothing is allocated for each.
struct Pool<Value>: ~Copyable {
  private var values: [Value] = []
  private var free: [Int32] = []

  /// How many there are now.
  var count: Int { values.count - free.count }

  /// Keeps a value; its number.
  mutating func insert(_ value: Value) -> Int32 {
    if let number = free.popLast() {
      values[Int(number)] = value
      return number
    }
    values.append(value)
    return Int32(values.count - 1)
  }

  /// Gives a number back; its value may be overwritten from then on.
  mutating func remove(_ number: Int32) { free.append(number) }

  subscript(number: Int32) -> Value {
    _read { yield values[Int(number)] }
    _modify { yield &values[Int(number)] }
  }
}
