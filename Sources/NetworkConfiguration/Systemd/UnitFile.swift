/// A file in systemd's syntax (systemd.syntax(7)), with its drop-ins, as sections in the order in which they stand.
public struct UnitFile: Hashable, Sendable {
  /// `KEY=VALUE`.
  public struct Assignment: Hashable, Sendable {
    /// What is set.
    public let key: String
    /// To what; may be empty, which takes back what was set before.
    public let value: String
    /// The file it stands in, which may be a drop-in.
    public let file: String
    /// The line that it begins at.
    public let line: Int
  }

  /// `[NAME]` and what follows it. The same name may occur many times.
  public struct Section: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The file it stands in, which may be a drop-in.
    public let file: String
    /// Its line.
    public let line: Int
    /// What it sets.
    public fileprivate(set) var assignments: [Assignment] = []
  }

  /// The sections.
  public private(set) var sections: [Section] = []
  /// Whether systemd refuses the whole of it, because a section's header has no end.
  public private(set) var isRefused = false

  /// A file without sections.
  public init() {}

  /// Reads a file's text and adds what it says: as `config_parse` does (systemd, src/shared/conf-parser.c), which
  /// ignores what it doesn't understand, line by line.
  public mutating func read(_ bytes: [UInt8], file: String) -> [ConfigurationMistake] {
    var reader = LineReader(file: file)
    for var line in TextLine.lines(of: bytes) {
      if line.number == 1, line.bytes.starts(with: [0xef, 0xbb, 0xbf]) {
        line.bytes = line.bytes.dropFirst(3)
      }
      reader.read(line)
    }
    reader.finish()
    sections += reader.sections
    isRefused = isRefused || reader.isRefused
    return reader.mistakes
  }

  /// All assignments of a key in all sections of a name.
  public func assignments(_ section: String, _ key: String) -> [Assignment] {
    sections.filter { $0.name == section }.flatMap { $0.assignments.filter { $0.key == key } }
  }

  /// The last value of a key; nil if it isn't set, or was taken back by an empty one.
  public func value(_ section: String, _ key: String) -> String? {
    assignments(section, key).last.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// The words of a key whose assignments add up, of which an empty one takes back those before it.
  public func list(_ section: String, _ key: String) -> [String] {
    assignments(section, key).reduce(into: []) { words, assignment in
      if assignment.value.isEmpty { words = [] } else { words += Words.quoted(assignment.value) }
    }
  }

  /// The same of a key whose words are inverted by an exclamation mark before the first: each then gets one.
  public func patterns(_ section: String, _ key: String) -> [String] {
    assignments(section, key).reduce(into: []) { patterns, assignment in
      if assignment.value.isEmpty {
        patterns = []
        return
      }
      // Names of interfaces may not be between quotes, other values may.
      let isInverted = assignment.value.hasPrefix("!")
      let text = isInverted ? String(assignment.value.dropFirst()) : assignment.value
      let isName = key == "Name" || key == "OriginalName"
      let words = isName ? text.words.filter { !$0.contains("\"") && !$0.contains("'") } : Words.quoted(text)
      patterns += words.map { isInverted ? "!" + $0 : $0 }
    }
  }
}

/// Puts lines together and takes them apart.
private struct LineReader {
  let file: String
  var sections: [UnitFile.Section] = []
  var mistakes: [ConfigurationMistake] = []
  private var pending: [UInt8] = []
  private var beginning: Int?
  private(set) var isRefused = false

  init(file: String) { self.file = file }

  mutating func read(_ line: TextLine) {
    let bare = line.bytes.withoutLeadingSpace
    // Comments are skipped also between the lines of one assignment.
    if let first = bare.first, first == .hash || first == .semicolon { return }
    var isEscaped = false
    for octet in line.bytes { isEscaped = !isEscaped && octet == .backslash }
    if beginning == nil { beginning = line.number }
    if isEscaped {
      pending += line.bytes.dropLast()
      pending.append(.space)
    } else {
      pending += line.bytes
      finish()
    }
  }

  mutating func finish() {
    guard let line = beginning else { return }
    let text = pending[...].trimmed
    pending = []
    beginning = nil
    if !text.isEmpty { take(text, line) }
  }

  private mutating func note(_ line: Int, _ message: String) {
    mistakes.append(ConfigurationMistake(file: file, line: line, message: message))
  }

  private mutating func take(_ text: ArraySlice<UInt8>, _ line: Int) {
    guard let text = String(validating: text, as: UTF8.self) else {
      return note(line, "this isn't UTF-8; systemd ignores the line")
    }
    if text.utf8.first == UInt8(ascii: "[") {
      guard text.utf8.last == UInt8(ascii: "]"), text.utf8.count > 2 else {
        isRefused = true
        return note(line, "a section's name has to end with \"]\"; systemd refuses the whole file")
      }
      sections.append(UnitFile.Section(name: String(text.dropFirst().dropLast()), file: file, line: line))
      return
    }
    guard let equals = text.utf8.firstIndex(of: .equals) else {
      return note(line, "this has no \"=\"; systemd ignores the line")
    }
    let key = String(text[..<equals]).trimmed
    let value = String(text[text.utf8.index(after: equals)...]).trimmed
    if key.isEmpty { return note(line, "there is no key before the \"=\"; systemd ignores the line") }
    guard !sections.isEmpty else {
      return note(line, "\(key) is outside of any section; systemd ignores the line")
    }
    sections[sections.count - 1].assignments.append(
      UnitFile.Assignment(key: key, value: value, file: file, line: line)
    )
  }
}
