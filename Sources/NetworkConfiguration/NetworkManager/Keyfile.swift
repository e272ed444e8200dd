/// A file in GLib's key file syntax, which NetworkManager uses for connections and for its own settings.
public struct Keyfile: Hashable, Sendable {
  /// `key=value`.
  public struct Entry: Hashable, Sendable {
    /// The key as it stands there, with a final "+" or "-" if it adds or takes away (NetworkManager.conf(5)).
    public let key: String
    /// The value as it stands there; `text(_:_:)` and `list(_:_:)` take its escapes off.
    public let raw: String
    /// Its line.
    public let line: Int
  }

  /// `[name]` and what follows it; groups of the same name are one.
  public struct Group: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The line of its first header.
    public let line: Int
    /// What it sets, in order.
    public fileprivate(set) var entries: [Entry] = []
  }

  /// The file's path.
  public let file: String
  /// The groups in the order of their first headers.
  public private(set) var groups: [Group] = []
  /// What GLib doesn't understand. A single such line makes it refuse the whole file.
  public private(set) var mistakes: [ConfigurationMistake] = []

  /// Reads a file's text.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    var current: Int?
    var numbers: [String: Int] = [:]
    for line in TextLine.lines(of: bytes) {
      let bare = line.bytes.withoutLeadingSpace
      guard let first = bare.first, first != .hash else { continue }
      if first == UInt8(ascii: "[") {
        let text = bare.withoutTrailingSpace
        guard text.last == UInt8(ascii: "]"), text.count > 2,
          !text.dropFirst().dropLast().contains(UInt8(ascii: "["))
        else {
          note(line.number, "a group's name has to be between \"[\" and \"]\"")
          current = nil
          continue
        }
        let name = text.dropFirst().dropLast().text
        if numbers[name] == nil {
          numbers[name] = groups.count
          groups.append(Group(name: name, line: line.number))
        }
        current = numbers[name]
      } else if let equals = bare.firstIndex(of: .equals), equals > bare.startIndex {
        guard let group = current else {
          note(line.number, "a value has to follow a group's name")
          continue
        }
        let value = bare[(equals + 1)...].withoutLeadingSpace
        groups[group].entries.append(
          Entry(key: bare[..<equals].withoutTrailingSpace.text, raw: value.text, line: line.number)
        )
      } else {
        note(line.number, "this is neither a group, nor key=value, nor a comment (\"#\")")
      }
    }
  }

  private mutating func note(_ line: Int, _ message: String) {
    mistakes.append(
      ConfigurationMistake(
        file: file,
        line: line,
        message: message + "; NetworkManager refuses the whole file"
      )
    )
  }

  /// A group.
  public func group(_ name: String) -> Group? { groups.first { $0.name == name } }

  /// The last value of a key in the first of these groups that has it, without escapes; nil if none has.
  public func text(_ groups: [String], _ key: String) -> String? {
    for name in groups {
      if let entry = group(name)?.entries.last(where: { $0.key == key }) {
        return Self.unescaped(Array(entry.raw.utf8)[...].withoutTrailingSpace.text)
      }
    }
    return nil
  }

  /// The parts of a value between semicolons.
  public func list(_ groups: [String], _ key: String) -> [String] {
    text(groups, key).map { $0.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty } } ?? []
  }

  /// `\s`, `\n`, `\t`, `\r` and `\\` (g_key_file_get_string); another backslash stays.
  static func unescaped(_ text: String) -> String {
    var result: [UInt8] = []
    var isEscaped = false
    for octet in text.utf8 {
      if !isEscaped {
        if octet == .backslash { isEscaped = true } else { result.append(octet) }
        continue
      }
      isEscaped = false
      switch octet {
      case UInt8(ascii: "s"): result.append(.space)
      case UInt8(ascii: "n"): result.append(.newline)
      case UInt8(ascii: "t"): result.append(.tab)
      case UInt8(ascii: "r"): result.append(.carriageReturn)
      case .backslash: result.append(.backslash)
      default: result += [.backslash, octet]
      }
    }
    if isEscaped { result.append(.backslash) }
    return String(decoding: result, as: UTF8.self)
  }
}
