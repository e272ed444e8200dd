internal import NetworkConfiguration
internal import Observation

/// What a dnsmasq was told, by its arguments and the files that it reads (dnsmasq(8)).
struct DnsmasqSettings: Hashable, Sendable {
  /// Each option's values by its long name; "" for one without a value.
  private(set) var values: [String: [String]] = [:]
  /// Where each option was said last: a file's path, or "arguments".
  private(set) var places: [String: String] = [:]

  /// The settings of a process; nil if its arguments aren't known, as those of a container's dnsmasq, or if one of its
  /// files isn't.
  ///
  /// In dnsmasq's order (`read_opts`, src/option.c): the arguments with the folders that they name, then the file with
  /// those that it names. What is said last counts.
  init?(_ process: ProcessSnapshot, files: [String: Reading<String>]) {
    guard let arguments = process.arguments else { return nil }
    var named: String?
    for word in DnsmasqFiles.arguments(arguments) {
      let option = take(line: word.dropFirst(2), from: "arguments")
      if option.name == "conf-file" { named = option.value }
      if option.name == "conf-dir" { guard take(folder: option.value, of: files) else { return nil } }
    }
    // `-C /dev/null` is the usual way to have none.
    if named == "" || named == "/dev/null" { return }
    guard take(file: named ?? DnsmasqFiles.standard, of: files, isNamed: named != nil) else { return nil }
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
      for line in text.split(whereSeparator: \.isNewline) {
        let option = take(line: line.prefix { $0 != "#" }, from: file)
        // What a file names besides was not looked for.
        if option.name == "conf-file" { return false }
        if option.name == "conf-dir" { guard take(folder: option.value, of: files) else { return false } }
      }
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
  @discardableResult
  private mutating func take(line: Substring, from place: String) -> (name: String, value: String) {
    let parts = line.split(separator: "=", maxSplits: 1)
    guard let key = parts.first.map(Self.trimmed), !key.isEmpty else { return ("", "") }
    let value = parts.count > 1 ? Self.trimmed(parts[1]) : ""
    values[key, default: []].append(value)
    places[key] = place
    return (key, value)
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
