/// Numbers for people.
enum Numbers {
  /// With so many digits after the point; a number too great for that, or none, as Swift prints it.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    guard let scaled = Int(exactly: (abs(value) * scale).rounded()) else { return "\(value)" }
    let whole = String(scaled / Int(scale))
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard digits > 0 else { return sign + whole }
    let fraction = String(scaled % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// A share in per cent with one digit after the point.
  static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

  /// A small probability: as it is down to 0.001, in scientific notation below.
  static func probability(_ value: Double) -> String {
    guard value > 0, value < 0.001 else { return fixed(value, value == 1 ? 0 : 3) }
    var mantissa = value
    var exponent = 0
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    if fixed(mantissa, 1) == "10.0" { (mantissa, exponent) = (1, exponent + 1) }
    return "\(fixed(mantissa, 1))e\(exponent)"
  }

  /// "1 host", "2 hosts".
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) " + (number == 1 ? noun : plural ?? noun + "s")
  }
}
