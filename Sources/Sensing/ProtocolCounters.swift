/// The counters of the Internet protocols, as procfs lists them.
enum ProtocolCounters {
  /// /proc/net/snmp and /proc/net/netstat: for each group a line of names and a line of values, both beginning
  /// with the group and a colon. Values that are no counters (Tcp.MaxConn is -1) are left out.
  static func parsePairs(_ text: String) -> [String: UInt64] {
    var counters: [String: UInt64] = [:]
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    for index in lines.indices.dropLast() where lines[index].first == lines[index + 1].first {
      guard let group = lines[index].first?.dropLast() else { continue }
      for (name, value) in zip(lines[index], lines[index + 1]).dropFirst() {
        if let value = UInt64(value) { counters["\(group).\(name)"] = value }
      }
    }
    return counters
  }

  /// /proc/net/snmp6: on each line a name such as "Ip6InReceives", which becomes "Ip6.InReceives", and a value.
  static func parseList(_ text: String) -> [String: UInt64] {
    var counters: [String: UInt64] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(whereSeparator: \.isWhitespace)
      guard parts.count == 2, let value = UInt64(parts[1]), let six = parts[0].firstIndex(of: "6") else {
        continue
      }
      counters["\(parts[0][...six]).\(parts[0][parts[0].index(after: six)...])"] = value
    }
    return counters
  }

  /// /proc/net/stat/NAME: a line of names, then a line of hexadecimal values for each processor, which are summed up
  /// under "GROUP.name". The first column is a size, the same in each line, and is left out.
  static func parseTable(_ text: String, group: String) -> [String: UInt64] {
    let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    guard let names = lines.first else { return [:] }
    var counters: [String: UInt64] = [:]
    for line in lines.dropFirst() {
      for (name, value) in zip(names, line).dropFirst() {
        if let value = UInt64(value, radix: 16) { counters["\(group).\(name)", default: 0] += value }
      }
    }
    return counters
  }
}
