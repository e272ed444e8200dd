/// NetworkManager's own settings and its connections.
public struct NetworkManagerFiles: Hashable, Sendable {
  /// The folders of connections: of those with the same UUID the first is used.
  static let connectionFolders = [
    "/run/NetworkManager/system-connections", "/etc/NetworkManager/system-connections",
    "/usr/lib/NetworkManager/system-connections",
  ]

  /// The connections that NetworkManager reads, in the order of their folders and names.
  public let connections: [Keyfile]
  /// The settings files, in the order in which they are read: a key's last value is used.
  public let settings: [Keyfile]

  /// Reads all files.
  public init(from files: inout FileGathering) {
    settings = Self.settings(&files)
    connections = Self.connections(&files)
  }

  /// NetworkManager.conf(5): snippets of /usr/lib, of /run, the main file, snippets of /etc. A snippet's name hides
  /// the same name in the folders before it.
  private static func settings(_ files: inout FileGathering) -> [Keyfile] {
    let folders = ["/usr/lib", "/run", "/etc"].map { $0 + "/NetworkManager/conf.d" }
    var names: [[String]] = []
    for folder in folders { names.append(files.names(in: folder).filter { $0.hasSuffix(".conf") }) }
    var paths: [String] = []
    for (index, folder) in folders.enumerated() {
      if index == folders.count - 1 { paths.append("/etc/NetworkManager/NetworkManager.conf") }
      let hidden = Set(names[(index + 1)...].joined())
      paths += names[index].filter { !hidden.contains($0) }.map { folder + "/" + $0 }
    }
    var read: [Keyfile] = []
    for path in paths {
      guard let file = files.read(path), !file.isMask else { continue }
      let keyfile = Keyfile(file.bytes, file: path)
      files.note(keyfile.mistakes)
      read.append(keyfile)
    }
    return read
  }

  private static func connections(_ files: inout FileGathering) -> [Keyfile] {
    var read: [Keyfile] = []
    var ids: Set<String> = []
    for folder in connectionFolders {
      let isInEtc = folder.hasPrefix("/etc/")
      for name in files.names(in: folder) where isConnection(name, needsSuffix: !isInEtc) {
        let path = folder + "/" + name
        guard let file = files.read(path) else { continue }
        if let permissions = file.permissions, permissions & 0o077 != 0 {
          files.note(
            path,
            0,
            "others may read it (\(String(permissions, radix: 8))); NetworkManager ignores it until chmod 600"
          )
          continue
        }
        if let owner = file.owner, owner != 0 {
          files.note(path, 0, "it belongs to user \(owner); NetworkManager reads root's files only")
          continue
        }
        let keyfile = Keyfile(file.bytes, file: path)
        files.note(keyfile.mistakes)
        if let id = keyfile.text(["connection"], "uuid"), !ids.insert(id).inserted { continue }
        read.append(keyfile)
      }
    }
    return read
  }

  /// Whether a name is a connection's: hidden files, backups and half-written ones (NAME.XXXXXX) aren't.
  static func isConnection(_ name: String, needsSuffix: Bool) -> Bool {
    let suffix = ".nmconnection"
    if name.hasPrefix(".") { return false }
    if name.hasSuffix(suffix) { return name.utf8.count > suffix.utf8.count }
    if needsSuffix || name.hasSuffix("~") || name.hasSuffix(".nmmeta") { return false }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 1, let last = parts.last, last.utf8.count == 6,
      last.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    {
      return false
    }
    return true
  }

  /// The parts of a list in the settings after all files: each assignment replaces what was there, `+=` adds, `-=`
  /// takes away; with the file and the line of the last that did.
  public func settingsList(_ group: String, _ key: String) -> (parts: [String], file: String, line: Int)? {
    var result: (parts: [String], file: String, line: Int)?
    for keyfile in settings {
      for entry in keyfile.group(group)?.entries ?? [] {
        let parts = Self.specifications(entry.raw)
        switch entry.key {
        case key: result = (parts, keyfile.file, entry.line)
        case key + "+": result = ((result?.parts ?? []) + parts, keyfile.file, entry.line)
        case key + "-":
          result = ((result?.parts ?? []).filter { !parts.contains($0) }, keyfile.file, entry.line)
        default: break
        }
      }
    }
    return result
  }

  /// Device specifications ("Device List Format"): between commas or semicolons, with `\` before one that belongs to
  /// a name.
  static func specifications(_ text: String) -> [String] {
    var parts: [String] = []
    var part: [UInt8] = []
    var isEscaped = false
    for octet in Array(text.utf8) + [.semicolon] {
      if isEscaped {
        part.append(octet)
        isEscaped = false
      } else if octet == .backslash {
        isEscaped = true
      } else if octet == .semicolon || octet == UInt8(ascii: ",") {
        let word = part[...].trimmed
        if !word.isEmpty { parts.append(word.text) }
        part = []
      } else {
        part.append(octet)
      }
    }
    return parts
  }
}
