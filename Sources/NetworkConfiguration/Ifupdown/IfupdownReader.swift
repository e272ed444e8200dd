/// Reads interfaces(5) as ifupdown's `read_interfaces_defn` does; where that would give up, it goes on.
struct IfupdownReader {
  private enum Current { case nothing, stanza, mapping, skipped }

  let isIfupdown2: Bool
  var stanzas: [IfupdownFiles.Stanza] = []
  var mappings: [IfupdownFiles.Mapping] = []
  var allowed: [String: [String]] = [:]
  private var current = Current.nothing
  private var filesRead = 0
  /// The files that are being read: the one that sources the next comes first.
  private var open: [String] = []

  /// No more files are read.
  private static let mostFiles = 1000
  private static let methods: [String: Set<String>] = [
    "inet": ["loopback", "static", "manual", "dhcp", "bootp", "tunnel", "ppp", "wvdial", "ipv4ll"],
    "inet6": ["auto", "loopback", "static", "manual", "dhcp", "v4tunnel", "6to4"],
    "ipx": ["static", "dynamic"], "can": ["static"],
  ]
  private static let single: Set = ["address", "netmask", "gateway", "hwaddress", "mtu"]

  init(isIfupdown2: Bool) { self.isIfupdown2 = isIfupdown2 }

  mutating func read(_ path: String, _ files: inout FileGathering, depth: Int) {
    guard let file = files.read(path) else { return }
    filesRead += 1
    open.append(path)
    defer { _ = open.popLast() }
    current = .nothing
    let lines = TextLine.lines(of: file.bytes)
    var index = 0
    while index < lines.count {
      let number = lines[index].number
      let text = Self.logicalLine(lines, &index)
      guard !text.isEmpty else { continue }
      take(text, Place(path: path, line: number), &files, depth)
    }
    current = .nothing
  }

  /// A line with those that continue it, without white space around it; empty for a comment.
  private static func logicalLine(_ lines: [TextLine], _ index: inout Int) -> ArraySlice<UInt8> {
    let first = lines[index].bytes.withoutLeadingSpace
    index += 1
    if first.isEmpty || first.first == .hash { return [] }
    guard first.last == .backslash else { return first.withoutTrailingSpace }
    var whole = Array(first)
    while whole.last == .backslash {
      whole.removeLast()
      guard index < lines.count else { break }
      whole += lines[index].bytes
      index += 1
    }
    return whole[...].trimmed
  }

  private struct Place {
    let path: String
    let line: Int
  }

  private mutating func take(
    _ text: ArraySlice<UInt8>,
    _ place: Place,
    _ files: inout FileGathering,
    _ depth: Int
  ) {
    let (word, rest) = text.firstWord
    switch word.text {
    case "iface": beginStanza(rest, place, &files)
    case "mapping":
      mappings.append(
        IfupdownFiles.Mapping(patterns: rest.words, options: [], file: place.path, line: place.line)
      )
      current = .mapping
    case "source":
      for path in rest.words.flatMap({ Self.expand($0, from: place.path, &files) }) {
        include(path, place, &files, depth)
      }
      current = .nothing
    case "source-directory":
      for folder in rest.words.flatMap({ Self.expand($0, from: place.path, &files) }) {
        for name in files.names(in: folder) where Self.isPlain(name) {
          include(folder + "/" + name, place, &files, depth)
        }
      }
      current = .nothing
    case "no-auto-down", "no-scripts", "rename": current = .nothing
    case "auto": allow("auto", rest)
    case let keyword where keyword.hasPrefix("allow-") && keyword.utf8.count > 6:
      allow(String(keyword.dropFirst(6)), rest)
    default: takeOption(word.text, rest, place, &files)
    }
  }

  private mutating func allow(_ group: String, _ names: ArraySlice<UInt8>) {
    for name in names.words where !(allowed[group] ?? []).contains(name) {
      allowed[group, default: []].append(name)
    }
    current = .nothing
  }

  private mutating func include(_ path: String, _ place: Place, _ files: inout FileGathering, _ depth: Int) {
    guard !open.contains(path) else {
      return files.note(place.path, place.line, "\(path) sources itself; ifupdown would never end")
    }
    guard depth < 16, filesRead < Self.mostFiles else {
      files.note(place.path, place.line, "the files source each other too deeply; \(path) isn't read")
      return
    }
    read(path, &files, depth: depth + 1)
  }

  private mutating func beginStanza(
    _ text: ArraySlice<UInt8>,
    _ place: Place,
    _ files: inout FileGathering
  ) {
    current = .skipped
    var words = text.words[...]
    guard let name = words.popFirst() else {
      return files.note(place.path, place.line, "iface needs the interface's name")
    }
    var parent: String?
    var plain: [String] = []
    while let word = words.popFirst() {
      if word == "inherits" { parent = words.popFirst() } else { plain.append(word) }
    }
    let family = plain.first
    let method = plain.count > 1 ? plain[1] : nil
    if !isIfupdown2 {
      if parent == nil, family.map({ Self.methods[$0] == nil }) ?? true {
        return refuse(
          "it has no address family that ifupdown knows, and inherits from nothing",
          place,
          &files
        )
      }
      if parent == nil, let family, method.map({ Self.methods[family]?.contains($0) != true }) ?? true {
        return refuse(
          "it has no method that ifupdown knows for \(family), and inherits from nothing",
          place,
          &files
        )
      }
    }
    var options: [IfupdownFiles.Option] = []
    var inherited: IfupdownFiles.Stanza?
    if let parent {
      inherited = stanzas.last { $0.name == parent && (family == nil || $0.family == family) }
      guard let inherited else {
        return refuse("there is no stanza \(parent) before it to inherit from", place, &files)
      }
      options = inherited.options
    }
    stanzas.append(
      IfupdownFiles.Stanza(
        name: name,
        family: family ?? inherited?.family,
        method: method ?? inherited?.method,
        file: place.path,
        line: place.line,
        options: options
      )
    )
    current = .stanza
  }

  private func refuse(_ message: String, _ place: Place, _ files: inout FileGathering) {
    files.note(place.path, place.line, message + "; ifupdown refuses the whole file")
  }

  private mutating func takeOption(
    _ name: String,
    _ value: ArraySlice<UInt8>,
    _ place: Place,
    _ files: inout FileGathering
  ) {
    if current == .skipped { return }
    guard current != .nothing else {
      return refuse("\(name) belongs to no stanza", place, &files)
    }
    if value.isEmpty, !isIfupdown2 { return refuse("\(name) has no value", place, &files) }
    let option = IfupdownFiles.Option(
      name: ["post-up": "up", "pre-down": "down"][name] ?? name,
      value: value.text,
      file: place.path,
      line: place.line
    )
    if current == .mapping {
      guard name == "script" || name == "map" else {
        return refuse("a mapping has only script and map", place, &files)
      }
      mappings[mappings.count - 1].options.append(option)
      return
    }
    let options = stanzas[stanzas.count - 1].options
    if !isIfupdown2, Self.single.contains(name), let other = options.first(where: { $0.name == name }) {
      files.note(
        place.path,
        place.line,
        "\(name) is in line \(other.line) already; ifupdown joins both, which its commands don't understand"
      )
    }
    stanzas[stanzas.count - 1].options.append(option)
  }

  /// Names that `source-directory` reads: letters, digits, `_` and `-` only.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
      }
  }

  /// The paths that a word stands for: relative to the folder of the file that it is in, and with patterns replaced
  /// by what exists. Variables and commands, which wordexp(3) knows too, are left as they are.
  static func expand(_ word: String, from file: String, _ files: inout FileGathering) -> [String] {
    let path = FilePath.normal(word, relativeTo: FilePath.folder(of: file))
    guard Glob.isPattern(path) else { return [path] }
    var found = [""]
    for part in path.split(separator: "/").map(String.init) {
      guard Glob.isPattern(part) else {
        found = found.map { $0 + "/" + part }
        continue
      }
      let glob = Glob(part)
      var next: [String] = []
      for folder in found {
        let names = files.names(in: folder.isEmpty ? "/" : folder)
        // A leading dot is matched by a dot only.
        next += names.filter { (!$0.hasPrefix(".") || part.hasPrefix(".")) && glob.matches($0) }
          .map { folder + "/" + $0 }
      }
      found = Array(next.prefix(mostFiles))
    }
    return found
  }
}
