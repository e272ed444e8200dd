public import Observation

/// The settings that systemd-sysctl (and procps' `sysctl --system`) makes at boot (sysctl.d(5)).
public struct SysctlFiles: Hashable, Sendable {
  /// Where the files are: the first of a name hides the others.
  static let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].map { $0 + "/sysctl.d" }
  static let plainFile = "/etc/sysctl.conf"

  /// The settings in the order in which they are made; `deciding(_:)` says which of them counts. A line that only
  /// repeats the value that its name has already is left out, as systemd-sysctl does. /etc/sysctl.conf comes last if
  /// nothing makes systemd-sysctl read it (Debian's link 99-sysctl.conf); then its settings are
  /// `isOnlyByPlainSysctl`.
  public let settings: [BootSetting]

  /// Reads all files.
  public init(from files: inout FileGathering) {
    var settings: [BootSetting] = []
    // By name: whether the last line about it takes it out ("-NAME").
    var isException: [String: Bool] = [:]
    var isPlainRead = false
    for (path, file) in files.files(in: Self.folders, suffix: ".conf") {
      let isPlain = file.path == Self.plainFile
      isPlainRead = isPlainRead || isPlain
      Self.read(file.bytes, isPlain ? Self.plainFile : path, isPlain, &settings, &isException, &files)
    }
    var only: [BootSetting] = []
    if !isPlainRead, let file = files.read(Self.plainFile) {
      var ignored: [String: Bool] = [:]
      Self.read(file.bytes, Self.plainFile, true, &only, &ignored, &files)
      for index in only.indices { only[index].isOnlyByPlainSysctl = true }
    }
    settings = settings.filter { isException[$0.name] != true }
    let exceptions = isException.filter { $0.value && !Glob.isPattern($0.key) }.keys.sorted()
    if !exceptions.isEmpty {
      for index in settings.indices where Glob.isPattern(settings[index].name) {
        settings[index].exceptions = exceptions
      }
    }
    self.settings = Self.made(settings) + Self.made(only)
  }

  /// A later line for the same name takes the earlier one's place at the end, unless the value is the same.
  private static func made(_ settings: [BootSetting]) -> [BootSetting] {
    var last: [String: Int] = [:]
    for (index, setting) in settings.enumerated() {
      if let earlier = last[setting.name], settings[earlier].value == setting.value,
        settings[earlier].isReadByPlainSysctl == setting.isReadByPlainSysctl
      {
        continue
      }
      last[setting.name] = index
    }
    return settings.enumerated().filter { last[$1.name] == $0 }.map(\.element)
  }

  private static func read(
    _ bytes: [UInt8],
    _ path: String,
    _ isPlain: Bool,
    _ settings: inout [BootSetting],
    _ isException: inout [String: Bool],
    _ files: inout FileGathering
  ) {
    for line in TextLine.lines(of: bytes) {
      let text = line.bytes.trimmed
      guard let first = text.first, first != .hash, first != .semicolon else { continue }
      let mayFail = first == UInt8(ascii: "-")
      let bare = mayFail ? text.dropFirst() : text
      guard let equals = bare.firstIndex(of: .equals) else {
        if mayFail {
          isException[uniform(bare.trimmed.text)] = true
        } else {
          files.note(path, line.number, "this is no assignment; systemd-sysctl ignores the line")
        }
        continue
      }
      let name = bare[..<equals].trimmed.text
      if parts(name).allSatisfy(\.isEmpty) {
        files.note(path, line.number, "there is no name before the \"=\"; systemd-sysctl ignores the line")
        continue
      }
      let uniform = uniform(name)
      isException[uniform] = false
      settings.append(
        BootSetting(
          name: uniform,
          value: bare[(equals + 1)...].trimmed.text,
          file: path,
          line: line.number,
          isReadByPlainSysctl: isPlain
        )
      )
    }
  }

  /// The parts of a name: whichever of "." and "/" comes first is the separator, and the other is its opposite.
  static func parts(_ name: String) -> [String] {
    let dot = UInt8(ascii: ".")
    let slash = UInt8(ascii: "/")
    guard let separator = name.utf8.first(where: { $0 == dot || $0 == slash }) else { return [name] }
    return Array(name.utf8).split(separator: separator).map { part in
      let octets = separator == dot ? part.map { $0 == slash ? dot : $0 } : Array(part)
      return String(decoding: octets, as: UTF8.self)
    }
  }

  /// With dots, or with slashes if a part has a dot.
  static func uniform(_ name: String) -> String {
    let parts = parts(name)
    if parts.count == 1, parts[0].contains(".") { return "/" + parts[0] }
    return parts.joined(separator: parts.contains { $0.contains(".") } ? "/" : ".")
  }
}

extension BootSetting {
  /// Whether it is about a setting, by its name with dots or with slashes.
  public func sets(_ name: String) -> Bool {
    Self.matches(self.name, name) && !(exceptions ?? []).contains { Self.matches($0, name) }
  }

  private static func matches(_ pattern: String, _ name: String) -> Bool {
    let pattern = SysctlFiles.parts(pattern)
    let name = SysctlFiles.parts(name)
    return pattern.count == name.count && zip(pattern, name).allSatisfy { Glob($0).matches($1) }
  }
}

extension [BootSetting] {
  /// The one that decides what a setting is after boot; nil if none is about it.
  ///
  /// A setting by name is never overridden by a pattern, whichever comes last. Of several names of what is one
  /// setting to the kernel (net.ipv4.ip_forward and net.ipv4.conf.all.forwarding) the one that is made last decides.
  public func deciding(_ names: String...) -> BootSetting? {
    let decisive = names.compactMap { name -> Int? in
      let about = indices.filter { self[$0].isOnlyByPlainSysctl != true && self[$0].sets(name) }
      return about.last { !Glob.isPattern(self[$0].name) } ?? about.last
    }
    return decisive.max().map { self[$0] }
  }
}
