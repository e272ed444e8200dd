internal import Observation

/// What a dnsmasq was told, by its arguments and the files that it reads (dnsmasq(8)).
struct DnsmasqSettings: Hashable, Sendable {
  /// Each option's values by its long name; "" for one without a value.
  private(set) var values: [String: [String]] = [:]

  /// The settings of a process; nil if neither its arguments nor its files are known.
  init?(_ process: ProcessSnapshot, files: [String: Reading<String>]) {
    let own = files.filter { $0.key.hasPrefix("/etc/dnsmasq") }
    var named: String?
    if let arguments = process.arguments {
      take(arguments: arguments)
      named = values["conf-file"]?.last
    }
    let read = own.filter { named == nil || $0.key == named || !$0.key.hasSuffix("/dnsmasq.conf") }
    if process.arguments == nil, own.isEmpty { return nil }
    for (_, reading) in read.sorted(by: { $0.key < $1.key }) {
      guard let text = reading.value else {
        if case .unreadable = reading { return nil }
        continue
      }
      for line in text.split(separator: "\n") {
        let setting = line.prefix { $0 != "#" }
        let parts = setting.split(separator: "=", maxSplits: 1)
        guard let key = parts.first.map(Self.trimmed), !key.isEmpty else { continue }
        values[key, default: []].append(parts.count > 1 ? Self.trimmed(parts[1]) : "")
      }
    }
  }

  /// The last number that was given for an option.
  func number(_ name: String) -> Int? { values[name]?.last.flatMap { Int($0) } }

  /// All items of an option's lists.
  func list(_ name: String) -> [String] {
    (values[name] ?? []).flatMap { $0.split(separator: ",").map(String.init) }
  }

  private static let short = [
    "0": "dns-forward-max", "C": "conf-file", "7": "conf-dir", "a": "listen-address", "i": "interface",
    "I": "except-interface", "z": "bind-interfaces", "c": "cache-size",
  ]

  private mutating func take(arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1)
        guard let key = parts.first else { continue }
        values[String(key), default: []].append(parts.count > 1 ? String(parts[1]) : "")
      } else if argument.hasPrefix("-"), let letter = argument.dropFirst().first,
        let key = Self.short[String(letter)]
      {
        if key == "bind-interfaces" {
          values[key, default: []].append("")
        } else if argument.count > 2 {
          values[key, default: []].append(String(argument.dropFirst(2)))
        } else if let value = rest.popFirst() {
          values[key, default: []].append(value)
        }
      }
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
