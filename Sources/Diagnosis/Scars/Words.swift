extension Double {
  /// The number for a person: two significant digits below ten, whole above.
  var inWords: String {
    guard isFinite else { return "unknown" }
    let magnitude = Swift.abs(self)
    if magnitude >= 9.95 || self == rounded() { return String(Int(rounded().clamped(to: -1e15...1e15))) }
    if magnitude < 0.005 { return self == 0 ? "0" : "less than 0.01" }
    let digits = magnitude < 0.95 ? 100.0 : 10.0
    let scaled = Int((self * digits).rounded())
    let rest = String(Int(digits) + Swift.abs(scaled) % Int(digits)).dropFirst()
    let whole = "\(scaled < 0 ? "-" : "")\(Swift.abs(scaled) / Int(digits))"
    let fraction = String(rest).reversed().drop { $0 == "0" }.reversed()
    return fraction.isEmpty ? whole : "\(whole).\(String(fraction))"
  }

  private func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
