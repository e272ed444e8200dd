/// What a dockerd was told: by its flags, and by its `daemon.json`. Nothing here is an engine's default.
public struct DaemonSettings: Hashable, Sendable {
  /// The settings by their names in `daemon.json`.
  public private(set) var values: [String: JSONValue]

  /// No settings.
  public init() { values = [:] }

  /// Reads a `daemon.json`.
  ///
  /// - Throws: the first mistake; the engine refuses to start with it.
  public init(file text: String) throws(ConfigurationMistake) {
    self.init()
    // Engines since 23 take an empty file for no settings.
    if text.allSatisfy(\.isWhitespace) { return }
    guard case .object(let members) = try JSONReader.read(text) else {
      throw ConfigurationMistake(line: 1, what: "expected an object ({…}) of settings")
    }
    values = Dictionary(members.map { ($0.key, $0.value) }) { _, last in last }
    if let old = values.removeValue(forKey: "graph"), values["data-root"] == nil { values["data-root"] = old }
  }

  /// Reads a dockerd's command line, without the program's name.
  public init(arguments: [String]) {
    self.init()
    var arguments = arguments[...]
    while let argument = arguments.popFirst() {
      guard argument.hasPrefix("-"), argument != "-" else { continue }
      if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(
          separator: "=",
          maxSplits: 1,
          omittingEmptySubsequences: false
        )
        let name = String(parts.first ?? "")
        set(name, to: parts.count == 2 ? String(parts[1]) : Self.value(of: name, in: &arguments))
      } else {
        readShort(argument.dropFirst(), &arguments)
      }
    }
  }

  /// These settings, with the others where these say nothing. An engine refuses to start if both say something.
  public func over(_ others: DaemonSettings) -> DaemonSettings {
    var merged = others
    merged.values.merge(values) { _, flag in flag }
    return merged
  }

  /// The value of a setting.
  public subscript(name: String) -> JSONValue? { values[name] }

  /// The settings that bear upon the network or upon where the engine keeps what, as JSON text. The others are left
  /// out, because they may hold secrets: proxies' passwords, the log drivers' tokens, labels.
  public var relevant: [String: String] {
    values.filter { Self.relevantNames.contains($0.key) }.mapValues(\.description)
  }

  /// `-H unix://a -Db br0`: each letter is a flag, and the first that takes a value takes the rest.
  private mutating func readShort(_ letters: Substring, _ arguments: inout ArraySlice<String>) {
    var letters = letters
    while let letter = letters.popFirst() {
      let name = Self.shortNames[letter] ?? String(letter)
      if Self.switches.contains(name) {
        set(name, to: letters.first == "=" ? String(letters.dropFirst()) : nil)
        if letters.first == "=" { return }
        continue
      }
      let rest = letters.first == "=" ? letters.dropFirst() : letters
      set(name, to: letters.isEmpty ? Self.value(of: name, in: &arguments) : String(rest))
      return
    }
  }

  private static func value(of name: String, in arguments: inout ArraySlice<String>) -> String? {
    // A switch's value is never the next argument; dockerd takes no arguments besides flags, so whatever doesn't look
    // like a flag belongs to the one before it, known or not.
    if switches.contains(name) { return nil }
    guard let next = arguments.first, known.contains(name) || !next.hasPrefix("-") else { return nil }
    arguments.removeFirst()
    return next
  }

  private mutating func set(_ flag: String, to value: String?) {
    let name = Self.namesInFile[flag] ?? flag
    if Self.switches.contains(flag) {
      values[name] = .boolean(value.map { Self.truths.contains($0) } ?? true)
    } else if flag == "default-address-pool" {
      append(.object(Self.members(value ?? "")), to: name)
    } else if flag == "default-network-opt" {
      setNetworkOption(value ?? "", in: name)
    } else if Self.lists.contains(flag) {
      append(.text(value ?? ""), to: name)
    } else if Self.numbers.contains(flag), let value, Int(value) != nil {
      values[name] = .number(value)
    } else {
      values[name] = value.map { .text($0) } ?? .boolean(true)
    }
  }

  private mutating func append(_ value: JSONValue, to name: String) {
    if case .list(let values) = values[name] {
      self.values[name] = .list(values + [value])
    } else {
      values[name] = .list([value])
    }
  }

  /// "bridge=com.docker.network.driver.mtu=1400" is {"bridge":{"com.docker.network.driver.mtu":"1400"}} in the file.
  private mutating func setNetworkOption(_ text: String, in name: String) {
    let parts = text.split(separator: "=", maxSplits: 2).map(String.init)
    guard parts.count == 3 else { return }
    var drivers: [JSONValue.Member] = []
    if case .object(let members) = values[name] { drivers = members }
    var options: [JSONValue.Member] = []
    if let index = drivers.firstIndex(where: { $0.key == parts[0] }) {
      if case .object(let members) = drivers[index].value { options = members }
      drivers.remove(at: index)
    }
    options.append(JSONValue.Member(parts[1], .text(parts[2])))
    values[name] = .object(drivers + [JSONValue.Member(parts[0], .object(options))])
  }

  /// "base=10.0.0.0/8,size=24"
  private static func members(_ text: String) -> [JSONValue.Member] {
    text.split(separator: ",").map { part in
      let parts = part.split(separator: "=", maxSplits: 1).map(String.init)
      let value = parts.count == 2 ? parts[1] : ""
      return JSONValue.Member(parts[0], Int(value) == nil ? .text(value) : .number(value))
    }
  }
}
