/// netplan's files, merged (netplan(5), "Hierarchical configuration").
public struct NetplanFiles: Hashable, Sendable {
  /// An interface, from all files that speak of it.
  public struct Definition: Hashable, Sendable {
    /// Its id: the name of what netplan makes; any word for hardware that is found by `match`.
    public let id: String
    /// The section: "ethernets", "bridges", "vlans", …
    public let section: String
    /// The first file that speaks of it.
    public let file: String
    /// The line there.
    public let line: Int
    /// Single values by their paths, such as "parameters.stp"; a later file's replaces an earlier one's.
    public internal(set) var values: [String: String] = [:]
    /// Lists by their paths, such as "interfaces" and "routes.via"; later files' are appended.
    public internal(set) var lists: [String: [String]] = [:]
  }

  /// Where the files are. Of those with the same name the first is used; they are read in the order of their names,
  /// whatever their folder.
  static let folders = ["/run/netplan", "/etc/netplan", "/lib/netplan"]
  /// Sections of `network` that don't define interfaces.
  private static let others: Set = ["version", "renderer", "openvswitch"]

  /// The `renderer` of the whole: "networkd" or "NetworkManager".
  public private(set) var renderer = "networkd"
  /// The interfaces in the order in which they are first spoken of.
  public private(set) var definitions: [Definition] = []

  private var places: [String: Int] = [:]

  /// Reads and merges all files.
  public init(from files: inout FileGathering) {
    for (path, file) in files.files(in: Self.folders, suffix: ".yaml") {
      if let permissions = file.permissions, permissions & 0o077 != 0 {
        files.note(
          path,
          0,
          "others may read it (\(String(permissions, radix: 8))); netplan warns until chmod 600"
        )
      }
      let document = YAMLDocument(file.bytes, file: path)
      files.note(document.mistakes)
      for entry in document.entries { take(entry, path, &files) }
    }
  }

  private mutating func take(_ entry: YAMLDocument.Entry, _ file: String, _ files: inout FileGathering) {
    var path = entry.path[...]
    guard path.popFirst() == "network" else {
      if path.isEmpty {
        files.note(file, entry.line, "netplan knows \"network\" only at the top; it refuses all its files")
      }
      return
    }
    guard let section = path.popFirst() else { return }
    if section == "renderer", path.isEmpty, let value = entry.value { renderer = value }
    guard !Self.others.contains(section), let id = path.popFirst() else { return }
    if id == "renderer" { return }
    let place = places[id] ?? definitions.count
    if place == definitions.count {
      definitions.append(Definition(id: id, section: section, file: file, line: entry.line))
      places[id] = place
    } else if definitions[place].section != section {
      if path.isEmpty {
        let other = definitions[place]
        files.note(
          file,
          entry.line,
          "\(id) is one of \(other.section) in \(other.file); netplan refuses all its files"
        )
      }
      return
    }
    guard let value = entry.value, !path.isEmpty else { return }
    let key = path.joined(separator: ".")
    if entry.isElement {
      if !(definitions[place].lists[key] ?? []).contains(value) {
        definitions[place].lists[key, default: []].append(value)
      }
    } else {
      definitions[place].values[key] = value
    }
  }
}
