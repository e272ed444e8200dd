internal import NetworkConfiguration
internal import Observation

/// What a dnsmasq was told, by its arguments and the files that it reads (dnsmasq(8)).
struct DnsmasqSettings: Hashable, Sendable {
  /// Each option's values by its long name; "" for one without a value.
  private(set) var values: [String: [String]] = [:]
  /// Where each option was said last: a file's path, or "arguments".
  private(set) var places: [String: String] = [:]

  /// The settings of a process; nil if its arguments and files aren't known, or one that it reads was not.
  init?(_ process: ProcessSnapshot, files: [String: Reading<String>]) {
    guard let arguments = process.arguments else {
      // Where distributions have them; a dnsmasq that was started otherwise isn't known.
      guard files.keys.contains(where: { $0.hasPrefix("/etc/dnsmasq.") }),
        take(file: DnsmasqFiles.standard, of: files), take(folder: "/etc/dnsmasq.d", of: files)
      else { return nil }
      return
    }
    for word in DnsmasqFiles.arguments(arguments) { take(line: word.dropFirst(2), from: "arguments") }
    // `-C /dev/null` is the usual way to have none.
    let named = values["conf-file"]
    for file in named ?? [DnsmasqFiles.standard] where !["", "/dev/null"].contains(file) {
      guard take(file: file, of: files, isNamed: named != nil) else { return nil }
    }
    for folder in values["conf-dir"] ?? [] { guard take(folder: folder, of: files) else { return nil } }
    // What a file names besides was not looked for.
    if let included = values["conf-file"], included.count > (named?.count ?? 0) { return nil }
  }

  /// The last number that was given for an option.
  func number(_ name: String) -> Int? { values[name]?.last.flatMap { Int($0) } }

  /// All items of an option's lists.
  func list(_ name: String) -> [String] {
    (values[name] ?? []).flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// Takes a file; false if it couldn't be read, or if it was named and isn't known.
  private mutating func take(file: String, of files: [String: Reading<String>], isNamed: Bool = false) -> Bool
  {
    switch files[file] ?? .absent {
    case .absent: return !isNamed
    case .unreadable: return false
    case .value(let text):
      for line in text.split(separator: "\n") { take(line: line.prefix { $0 != "#" }, from: file) }
      return true
    }
  }

  /// Takes the files of a folder, which may be followed by endings that are left out, or taken alone with an asterisk
  /// (`--conf-dir=/etc/dnsmasq.d,.dpkg-dist`); false if it wasn't looked into.
  private mutating func take(folder: String, of files: [String: Reading<String>]) -> Bool {
    let parts = folder.split(separator: ",").map(String.init)
    guard let folder = parts.first.map({ $0.hasSuffix("/") ? String($0.dropLast()) : $0 }),
      DnsmasqFiles.folders.contains(folder)
    else { return false }
    if case .unreadable = files[folder] { return false }
    let taken = parts.dropFirst().filter { $0.hasPrefix("*") }.map { $0.dropFirst() }
    let left = parts.dropFirst().filter { !$0.hasPrefix("*") }
    for path in files.keys.sorted() where path.hasPrefix(folder + "/") {
      let name = path.dropFirst(folder.count + 1)
      if name.contains("/") || name.hasPrefix(".") || name.hasSuffix("~") { continue }
      if name.hasPrefix("#") && name.hasSuffix("#") { continue }
      if left.contains(where: { name.hasSuffix($0) }) { continue }
      if !taken.isEmpty, !taken.contains(where: { name.hasSuffix($0) }) { continue }
      guard take(file: path, of: files) else { return false }
    }
    return true
  }

  /// Takes an option as files have it: NAME or NAME=VALUE.
  private mutating func take(line: Substring, from place: String) {
    let parts = line.split(separator: "=", maxSplits: 1)
    guard let key = parts.first.map(Self.trimmed), !key.isEmpty else { return }
    values[key, default: []].append(parts.count > 1 ? Self.trimmed(parts[1]) : "")
    places[key] = place
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
