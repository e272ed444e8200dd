internal import Observation

/// What dnsmasq is told by its arguments and files (dnsmasq(8)), as far as it decides whom it serves and how much.
/// Its other options, among them names, addresses and scripts, are nobody else's business and left out.
public enum DnsmasqFiles {
  /// The file that it reads unless told otherwise.
  public static let standard = "/etc/dnsmasq.conf"

  /// The folders that distributions, NetworkManager and libvirt keep its files in.
  public static let folders = [
    "/etc/dnsmasq.d", "/etc/NetworkManager/dnsmasq.d", "/etc/NetworkManager/dnsmasq-shared.d",
    "/var/lib/libvirt/dnsmasq",
  ]

  /// Whether an option takes a value.
  enum Value: Int, Sendable { case none, needed, possible }

  /// The options that are kept: whether they take values, and their letters.
  static let options: [(name: String, value: Value, letter: Character?)] = [
    ("bind-dynamic", .none, nil), ("bind-interfaces", .none, "z"), ("cache-size", .needed, "c"),
    ("conf-dir", .needed, "7"), ("conf-file", .needed, "C"), ("dns-forward-max", .needed, "0"),
    ("except-interface", .needed, "I"), ("interface", .needed, "i"), ("listen-address", .needed, "a"),
    ("local-service", .possible, nil), ("port", .needed, "p"),
  ]

  /// The letters of all its options that take a value (`OPTSTRING`, src/option.c).
  public static let lettersWithValue = "rmpclsitugaxSCATHQIBFGOMXVUjPJWY2467803"

  /// The names of the options that are kept.
  public static var names: [String] { options.map(\.name) }

  /// The same for the collector's awk: "NAME:VALUE:LETTER", where VALUE is 0 for none, 1 for one that is needed, and
  /// 2 for one that may be there.
  public static var collected: String {
    options.map { "\($0.name):\($0.value.rawValue):\($0.letter.map(String.init) ?? "")" }.joined(
      separator: " "
    )
  }

  /// The options that are kept, of the words after the program's name, in their long form: "--NAME" or
  /// "--NAME=VALUE". Letters may stand together, as getopt_long(3) has it; a long name that is cut short isn't
  /// recognised.
  public static func arguments(_ words: [String]) -> [String] {
    var kept: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let option = options.first(where: { $0.name == parts.first.map(String.init) }) else { continue }
        var value = parts.count > 1 ? String(parts[1]) : nil
        if option.value == .needed, value == nil { value = rest.popFirst() ?? "" }
        if option.value == .none { value = nil }
        kept.append("--" + option.name + (value.map { "=" + $0 } ?? ""))
      } else if word.hasPrefix("-") {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
          let name = options.first { $0.letter == letter }?.name
          if lettersWithValue.contains(letter) {
            let value = letters.isEmpty ? rest.popFirst() ?? "" : String(letters)
            if let name { kept.append("--\(name)=\(value)") }
            break
          }
          if let name { kept.append("--" + name) }
        }
      }
    }
    return kept
  }

  /// The lines of a file with options that are kept.
  static func lines(_ text: String) -> String {
    let kept = text.split(whereSeparator: \.isNewline).filter { line in
      let name = line.prefix { $0 != "=" && $0 != "#" }.split(whereSeparator: \.isWhitespace)
      return name.count == 1 && options.contains { $0.name == name[0] }
    }
    return kept.map { $0 + "\n" }.joined()
  }

  /// Its files that there are, with the lines that are kept.
  static func read(from tree: any FileTree) -> [String: Reading<String>] {
    var readings: [String: Reading<String>] = [:]
    func read(_ path: String) {
      let reading = tree.file(at: path)
      if case .absent = reading { return }
      readings[path] = reading.map { lines(String(decoding: $0.bytes, as: UTF8.self)) }
    }
    read(standard)
    for folder in folders {
      switch tree.names(in: folder) {
      // libvirt keeps other things there too.
      case .value(let names):
        for name in names where folder.hasPrefix("/etc/") || name.hasSuffix(".conf") {
          read(folder + "/" + name)
        }
      case .unreadable(let reason): readings[folder] = .unreadable(reason: reason)
      case .absent: break
      }
    }
    return readings
  }
}
