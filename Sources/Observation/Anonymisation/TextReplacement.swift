internal import NetworkTypes

/// Replaces names and addresses within texts.
struct TextReplacement {
  private let dictionary: NameDictionary
  private let addresses: AddressReplacement
  private let names: NameReplacement
  /// Names that have other characters than words do, which are looked for one by one.
  private let unusual: [(name: String, replacement: String)]

  init(_ dictionary: NameDictionary, _ key: AnonymisationKey) {
    self.dictionary = dictionary
    addresses = AddressReplacement(key)
    names = NameReplacement(key)
    unusual = dictionary.names.filter { name, _ in
      if case .word(let word)? = TextScanner.pieces(name).first { word.count != name.count } else { true }
    }.sorted { $0.key.count > $1.key.count }.map { ($0.key, $0.value) }
  }

  /// A text in plain words.
  func replaced(_ text: String) -> String { replaced(text, hasNames: true) }

  private func replaced(_ text: String, hasNames: Bool) -> String {
    if hasNames, let whole = dictionary.names[text] { return whole }
    var text = text
    if hasNames {
      for (name, replacement) in unusual where text.contains(name) { text.replace(name, with: replacement) }
    }
    var result = ""
    let pieces = TextScanner.pieces(text)
    var index = 0
    while index < pieces.count {
      switch pieces[index] {
      case .other(let other): result += other
      case .word(let word):
        if let (prefix, isTaken) = network(word, pieces, index) {
          result += prefix
          if isTaken { index += 2 }
        } else {
          result += replaced(word, hasNames: hasNames)
        }
      }
      index += 1
    }
    return result
  }

  /// "172.18.0.0/16" is three pieces. The length may be followed by a joint, as at a sentence's end.
  private func network(_ word: Substring, _ pieces: [TextScanner.Piece], _ index: Int) -> (String, Bool)? {
    guard index + 2 < pieces.count, case .other("/") = pieces[index + 1],
      case .word(let tail) = pieces[index + 2]
    else { return nil }
    let digits = tail.prefix { !TextScanner.isJoint($0) }
    guard let length = Int(digits), let address = IPAddress(String(word)),
      let prefix = IPPrefix(address, length: length)
    else { return nil }
    return ("\(addresses.prefix(prefix))" + tail[digits.endIndex...], true)
  }

  private func replaced(_ word: Substring, hasNames: Bool) -> String {
    if let known = known(word, hasNames: hasNames) { return known }
    // No name is longer; and what is would take too long.
    guard word.utf8.count <= 300 else { return String(word) }
    let boundaries = TextScanner.boundaries(word)
    var result = ""
    var start = 0
    while start < boundaries.count - 1 {
      var end = boundaries.count - 1
      while end > start {
        let part = word[boundaries[start]..<boundaries[end]]
        if let known = known(part, hasNames: hasNames) {
          result += known
          break
        }
        end -= 1
      }
      if end == start {
        result += word[boundaries[start]..<boundaries[start + 1]]
        end = start + 1
      }
      start = end
    }
    return result
  }

  private func known(_ word: Substring, hasNames: Bool) -> String? {
    if hasNames, let name = dictionary.names[String(word)] { return name }
    if let address = TextScanner.linkAddress(word) { return "\(dictionary.linkAddresses.address(address))" }
    if let (priority, address) = TextScanner.bridgeIdentifier(word) {
      let digits = String(dictionary.linkAddresses.address(address).rawValue, radix: 16)
      return "\(priority)." + String(repeating: "0", count: 12 - digits.utf8.count) + digits
    }
    guard word.contains(":") || word.contains("."), let address = IPAddress(String(word)) else { return nil }
    return "\(addresses.address(address))"
  }

  /// What `nft list ruleset` prints: names are in quotes, and what isn't in quotes is the language's own.
  func ruleset(_ text: String) -> String {
    var result = ""
    var before = ""
    for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 0 {
        result += replaced(String(part), hasNames: false)
        before = part.split { $0 == " " || $0 == "\t" || $0 == "\n" }.last.map(String.init) ?? ""
      } else {
        result += "\"" + quoted(String(part), after: before) + "\""
      }
    }
    return result
  }

  private func quoted(_ text: String, after word: String) -> String {
    if ["comment", "prefix"].contains(word) { return names.name(text, sort: "text") }
    if let known = dictionary.names[text] { return known }
    guard Self.beforeInterfaces.contains(word) || word.hasSuffix("{") || word.hasSuffix(",") else {
      return text
    }
    let isPattern = text.hasSuffix("*")
    return names.interface(isPattern ? String(text.dropLast()) : text) + (isPattern ? "*" : "")
  }

  private static let beforeInterfaces: Set<String> = [
    "iifname", "oifname", "iif", "oif", "ibrname", "obrname", "!=", "sdifname", "device", "==",
  ]

  /// What `iptables-save` prints.
  func legacy(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var words: [String] = []
      var before = ""
      for word in Self.words(line) {
        switch before {
        case "-i", "-o", "--physdev-in", "--physdev-out":
          let isPattern = word.hasSuffix("+")
          let name = isPattern ? String(word.dropLast()) : word
          words.append((dictionary.names[name] ?? names.interface(name)) + (isPattern ? "+" : ""))
        case "--comment", "--log-prefix", "--nflog-prefix":
          words.append("\"\(names.name(word, sort: "text"))\"")
        default: words.append(replaced(word, hasNames: false))
        }
        // "! -i br0" and "-i ! br0" occur.
        if word != "!" { before = word }
      }
      return words.joined(separator: " ")
    }.joined(separator: "\n")
  }

  /// The words of a line; what is in quotes is one.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == " ", !isQuoted {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return words + [word]
  }
}
