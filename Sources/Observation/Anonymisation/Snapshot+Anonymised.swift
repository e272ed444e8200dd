internal import FoundationEssentials
internal import NetworkTypes

extension Snapshot {
  /// The same host under other names and addresses: what was equal is equal, what was in one subnet is in one, and
  /// the order of link addresses stays. What programs are called and how firewall chains are called stays too.
  ///
  /// Throws what the coders throw; a snapshot that was read can be coded.
  public func anonymised(_ key: AnonymisationKey) throws -> Snapshot {
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(try json().utf8))
    let dictionary = NameDictionary(self, tree, key)
    let changed = SnapshotAnonymiser(dictionary, key).changed(tree)
    return try Snapshot(json: Array(try JSONEncoder().encode(changed)))
  }
}

/// Walks through a snapshot's document and replaces what is in its strings, by what each member holds.
struct SnapshotAnonymiser {
  private let text: TextReplacement
  private let names: NameReplacement
  private let dictionary: NameDictionary

  init(_ dictionary: NameDictionary, _ key: AnonymisationKey) {
    self.dictionary = dictionary
    names = NameReplacement(key)
    text = TextReplacement(dictionary, key)
  }

  /// Words of this program and of the kernel, versions and times.
  private static let vocabulary: Set<String> = [
    "schema", "tool", "kernel", "time", "privileges", "role", "kind", "state", "scope", "type", "flags",
    "origin",
    "action", "transport", "driver", "manager", "managers", "modules", "started", "version", "publishedPorts",
  ]

  /// The document with everything replaced.
  func changed(_ tree: JSONTree) -> JSONTree { changed(tree, member: "") }

  private func changed(_ tree: JSONTree, member: String) -> JSONTree {
    if Self.vocabulary.contains(member) { return tree }
    switch tree {
    case .string(let value): return .string(changed(value, member: member))
    case .array(let values): return .array(values.map { changed($0, member: member) })
    case .object(let members):
      var result: [String: JSONTree] = [:]
      for (name, value) in members {
        // A reading's value holds what the reading is of.
        let inner = name == "value" || name == "unreadable" ? member : name
        switch member {
        case "legacyTables": result[name] = changed(value, member: "legacyTables")
        case "settings": result[setting(name)] = changed(value, member: "setting")
        case "resolverFiles": result[text.replaced(name)] = changed(value, member: "resolver")
        default: result[name] = changed(value, member: inner)
        }
      }
      return .object(result)
    default: return tree
    }
  }

  private func changed(_ value: String, member: String) -> String {
    switch member {
    case "nftables": text.ruleset(value)
    case "legacyTables": text.legacy(value)
    case "bootId": names.digits("boot", value, count: 32)
    case "machineIdDigest": names.digits("machine", value, count: 64)
    default: text.replaced(value)
    }
  }

  /// The name of a setting: that of an interface holds the interface's name.
  private func setting(_ name: String) -> String {
    let separator: Character = name.contains("/") ? "/" : "."
    let parts = name.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 5, parts[0] == "net", ["conf", "neigh"].contains(parts[2]) else { return name }
    let interface = parts[3..<(parts.count - 1)].joined(separator: String(separator))
    let replaced = dictionary.names[interface] ?? names.interface(interface)
    return (parts[..<3] + [replaced, parts[parts.count - 1]]).joined(separator: String(separator))
  }
}
