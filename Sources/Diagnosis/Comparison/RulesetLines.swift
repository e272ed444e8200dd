internal import NetworkTypes
internal import Observation

/// A firewall's rules as lines that can be compared: each with its chain, without counters and handles.
struct RulesetLines {
  /// A rule, or the line with a chain's hook and policy.
  struct Line: Hashable {
    /// "ip nat POSTROUTING".
    let chain: String
    /// The rule.
    let text: String
    /// Whether it is the chain's own line.
    let isPolicy: Bool
  }

  /// The lines, in order.
  let lines: [Line]

  /// The lines of what `nft list ruleset` prints.
  init(nftables text: String) {
    var lines: [Line] = []
    // What is open: "table ip nat", "chain POSTROUTING", and within a set its elements.
    var open: [String] = []
    for line in text.split(separator: "\n") {
      let words = Self.words(line)
      guard let first = words.first else { continue }
      if first == "}" {
        if !open.isEmpty { open.removeLast() }
        continue
      }
      if words.last == "{", open.count < 2 || first != "elements" {
        open.append(words.dropLast().joined(separator: " "))
        continue
      }
      let chain = open.map { name in
        name.split(separator: " ").dropFirst().joined(separator: " ")
      }.joined(separator: " ")
      let isPolicy = first == "type" && words.contains("hook")
      lines.append(Line(chain: chain, text: words.joined(separator: " "), isPolicy: isPolicy))
    }
    self.lines = lines
  }

  /// The lines of what `iptables-save -c` prints.
  init(legacy text: String, program: String) {
    var lines: [Line] = []
    var table = ""
    for line in text.split(separator: "\n") {
      var words = Self.words(line)
      guard let first = words.first, first != "COMMIT", !first.hasPrefix("#") else { continue }
      if first.hasPrefix("*") {
        table = String(first.dropFirst())
        continue
      }
      if first.hasPrefix(":"), words.count >= 2 {
        let chain = "\(program) \(table) \(first.dropFirst())"
        if words[1] != "-" { lines.append(Line(chain: chain, text: "policy \(words[1])", isPolicy: true)) }
        continue
      }
      if first.hasPrefix("[") { words.removeFirst() }
      guard words.count > 2, words[0] == "-A" else { continue }
      lines.append(
        Line(
          chain: "\(program) \(table) \(words[1])",
          text: words.dropFirst(2).joined(separator: " "),
          isPolicy: false
        )
      )
    }
    self.lines = lines
  }

  /// All rules of a namespace; throws what couldn't be read.
  init(_ namespace: NamespaceSnapshot) throws(Missing) {
    var lines: [Line] = []
    if let text = try namespace.nftables.needed("the nftables rules") {
      lines += RulesetLines(nftables: text).lines
    }
    for (program, reading) in namespace.legacyTables.sorted(by: { $0.key < $1.key }) {
      guard let text = try reading.needed("the tables of \(program)-legacy") else { continue }
      lines += RulesetLines(legacy: text, program: program).lines
    }
    self.lines = lines
  }

  /// The words of a line, without counters, comments' handles and expiry times.
  private static func words(_ line: Substring) -> [String] {
    let all = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    var words: [String] = []
    var index = 0
    while index < all.count {
      if all[index] == "#", index + 1 < all.count, all[index + 1] == "handle" { break }
      if all[index] == "packets", index + 3 < all.count, all[index + 2] == "bytes" {
        index += 4
        continue
      }
      if all[index] == "expires", index + 1 < all.count {
        index += 2
        continue
      }
      words.append(all[index])
      index += 1
    }
    return words
  }
}

extension RulesetLines.Line {
  /// The line with a bridge's name and addresses made the same for all bridges; nil if it names none of them.
  func about(_ bridge: BridgeView) -> String? {
    let subnets = bridge.subnets.map(\.description)
    let gateways = bridge.gateways.map { "\($0.address)" }
    var isNamed = false
    let words = text.split(separator: " ").map { word in
      let bare = word.filter { $0 != "\"" && $0 != "," }
      let place =
        bare == bridge.name
        ? "BRIDGE" : subnets.contains(bare) ? "SUBNET" : gateways.contains(bare) ? "GATEWAY" : nil
      if place != nil { isNamed = true }
      return place ?? String(word)
    }
    return isNamed ? "\(chain): \(words.joined(separator: " "))" : nil
  }

  /// Whether it translates source addresses.
  var isMasquerade: Bool {
    let words = text.lowercased().split { $0 == " " || $0 == "," }
    return words.contains("masquerade") || words.contains("snat")
  }
}
