internal import Yams

/// A YAML file as a list of values with their paths and lines.
struct YAMLDocument {
  /// A value. Mappings have entries of their own without a value, so that an empty one is seen.
  struct Entry: Equatable {
    /// The keys that lead to it.
    let path: [String]
    /// The value; nil for a mapping and for null.
    let value: String?
    /// Whether it is (in) an element of a list.
    let isElement: Bool
    /// Its line.
    let line: Int
  }

  private(set) var entries: [Entry] = []
  private(set) var mistakes: [ConfigurationMistake] = []

  private static let mostEntries = 100_000
  private static let deepest = 32
  private static let mostAliases = 30

  init(_ bytes: [UInt8], file: String) {
    // A few aliases of aliases would stand for more values than fit anywhere.
    guard Self.aliases(bytes) <= Self.mostAliases else {
      mistakes.append(
        ConfigurationMistake(file: file, line: 0, message: "too many aliases; the file isn't read")
      )
      return
    }
    do {
      guard let root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)) else { return }
      if let line = walk(root, [], isElement: false, line: 1) {
        mistakes.append(
          ConfigurationMistake(
            file: file,
            line: line,
            message: "nested too deeply, or too long; the rest isn't read"
          )
        )
      }
    } catch let error as YamlError {
      mistakes.append(Self.mistake(error, file))
    } catch {
      mistakes.append(ConfigurationMistake(file: file, line: 0, message: "\(error)"))
    }
  }

  /// The line at which it was too much; nil if everything was taken.
  private mutating func walk(_ node: Node, _ path: [String], isElement: Bool, line: Int) -> Int? {
    guard path.count <= Self.deepest, entries.count < Self.mostEntries else { return line }
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      entries.append(
        Entry(path: path, value: isNull ? nil : scalar.string, isElement: isElement, line: line)
      )
    case .sequence(let sequence):
      for element in sequence {
        // Of a mapping with one key ("- 10.0.0.1/24: {label: x}") the key is the element.
        if case .mapping(let mapping) = element, path.last == "addresses", let key = mapping.first?.key.string
        {
          entries.append(
            Entry(path: path, value: key, isElement: true, line: element.mark?.line ?? line)
          )
        } else if let line = walk(element, path, isElement: true, line: element.mark?.line ?? line) {
          return line
        }
      }
    case .mapping(let mapping):
      if !path.isEmpty, !isElement {
        entries.append(Entry(path: path, value: nil, isElement: false, line: line))
      }
      for (key, value) in mapping {
        let line = key.mark?.line ?? line
        if let line = walk(value, path + [key.string ?? "?"], isElement: isElement, line: line) {
          return line
        }
      }
    case .alias: return line
    }
    return nil
  }

  /// How many aliases there may be at most.
  private static func aliases(_ bytes: [UInt8]) -> Int {
    var count = 0
    var previous = UInt8.space
    for (index, octet) in bytes.enumerated() {
      let opens =
        previous.isSpace || [UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: "{")].contains(previous)
      if octet == UInt8(ascii: "*"), opens, index + 1 < bytes.count, !bytes[index + 1].isSpace { count += 1 }
      previous = octet
    }
    return count
  }

  private static func mistake(_ error: YamlError, _ file: String) -> ConfigurationMistake {
    func mistake(_ line: Int, _ problem: String) -> ConfigurationMistake {
      ConfigurationMistake(file: file, line: line, message: "\(problem); netplan refuses all its files")
    }
    return switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      mistake(mark.line, problem)
    case .reader(let problem, _, _, _): mistake(0, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      ConfigurationMistake(
        file: file,
        line: context.mark.line,
        message: "\(keys.joined(separator: ", ")) occurs twice; the file isn't read"
      )
    default: mistake(0, "this is no YAML")
    }
  }
}
