internal import NetworkTypes

/// Tables of numbers as procfs prints them.
enum KernelTables {
  /// A table below /proc/net/stat: a line of names, then for each processor a line of hexadecimal numbers. The
  /// numbers are summed; "entries" isn't, because every processor's line has the whole.
  ///
  /// Kernels differ in which columns there are. What the column of nf_conntrack "clashres" counts is called
  /// "clash_resolve" everywhere else (`CTA_STATS_CLASH_RESOLVE`), also here.
  static func sumOfProcessors(_ text: String) -> [String: UInt64] {
    let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    guard let names = lines.first?.map({ $0 == "clashres" ? "clash_resolve" : String($0) }) else {
      return [:]
    }
    var sums: [String: UInt64] = [:]
    for line in lines.dropFirst() {
      for (name, number) in zip(names, line) {
        guard let number = UInt64(number, radix: 16) else { continue }
        sums[name] = name == "entries" ? number : sums[name, default: 0] &+ number
      }
    }
    return sums
  }

  /// /proc/net/softnet_stat: for each processor a line of hexadecimal numbers, of which the first three are the
  /// packets processed, those dropped because the backlog was full, and the times that work was left over.
  static func softnet(_ text: String) -> [String: UInt64] {
    var sums: [String: UInt64] = [:]
    for line in text.split(separator: "\n") {
      let numbers = line.split(separator: " ").map { UInt64($0, radix: 16) }
      for (name, number) in zip(["processed", "dropped", "timeSqueeze"], numbers) {
        sums[name, default: 0] &+= number ?? 0
      }
    }
    return sums
  }

  /// /proc/pressure/cpu: "some avg10=0.00 avg60=0.00 avg300=0.00 total=0", and the same for "full". The averages
  /// are kept, as "some.avg300".
  static func pressure(_ text: String) -> [String: Double] {
    var shares: [String: Double] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let kind = words.first else { continue }
      for word in words.dropFirst() where word.hasPrefix("avg") {
        let parts = word.split(separator: "=")
        if parts.count == 2, let share = Double(parts[1]) { shares["\(kind).\(parts[0])"] = share }
      }
    }
    return shares
  }
}
