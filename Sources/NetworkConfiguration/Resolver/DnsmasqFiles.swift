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

  /// The options that are kept: whether they take a value, and their letters.
  static let options: [(name: String, takesValue: Bool, letter: Character?)] = [
    ("bind-dynamic", false, nil), ("bind-interfaces", false, "z"), ("cache-size", true, "c"),
    ("conf-dir", true, "7"), ("conf-file", true, "C"), ("dns-forward-max", true, "0"),
    ("except-interface", true, "I"), ("interface", true, "i"), ("listen-address", true, "a"),
    ("local-service", false, nil), ("port", true, "p"),
  ]

  /// The names of the options that are kept.
  public static var names: [String] { options.map(\.name) }

  /// The same for the collector's awk: "NAME:1:LETTER" for those with a value, "NAME:0:LETTER" for those without.
  public static var collected: String {
    options.map { "\($0.name):\($0.takesValue ? 1 : 0):\($0.letter.map(String.init) ?? "")" }.joined(
      separator: " "
    )
  }

  /// The options that are kept, of the words after the program's name, in their long form: "--NAME" or
  /// "--NAME=VALUE".
  public static func arguments(_ words: [String]) -> [String] {
    var kept: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let option: (name: String, takesValue: Bool, letter: Character?)?
      var value: String?
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        option = options.first { $0.name == parts.first.map(String.init) }
        value = parts.count > 1 ? String(parts[1]) : nil
      } else if word.hasPrefix("-"), let letter = word.dropFirst().first {
        option = options.first { $0.letter == letter }
        value = word.count > 2 ? String(word.dropFirst(2)) : nil
      } else {
        continue
      }
      guard let option else { continue }
      if option.takesValue, value == nil { value = rest.popFirst() }
      kept.append("--" + option.name + (option.takesValue ? "=" + (value ?? "") : ""))
    }
    return kept
  }

  /// The lines of a file with options that are kept.
  static func lines(_ text: String) -> String {
    let kept = text.split(separator: "\n").filter { line in
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
