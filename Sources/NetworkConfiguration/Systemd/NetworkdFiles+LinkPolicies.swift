public import Observation

extension NetworkdFiles {
  /// The keys of `[Match]` whose words add up and may be inverted (systemd.link(5)).
  private static let patternKeys: Set = ["OriginalName", "Path", "Driver", "Type", "Kind", "Property"]

  /// udev's link policies in the order in which it tries them, without those that it ignores.
  ///
  /// In `match` the words of a key stand between spaces, each with its own "!" if they are inverted.
  public func linkPolicies(_ files: inout FileGathering) -> [LinkPolicy] {
    links.compactMap { unit in
      let match = Self.match(unit.content)
      let link = Self.link(unit, &files)
      if match.isEmpty {
        files.note(
          unit.path,
          0,
          "there is no valid setting in [Match]; udev ignores the file (OriginalName=* matches everything)"
        )
        return nil
      }
      return LinkPolicy(file: unit.path, match: match, link: link)
    }
  }

  private static func match(_ content: UnitFile) -> [String: String] {
    var match: [String: String] = [:]
    for key in Set(content.sections.filter { $0.name == "Match" }.flatMap { $0.assignments.map(\.key) }) {
      let words = patternKeys.contains(key) ? content.patterns("Match", key) : content.list("Match", key)
      if !words.isEmpty { match[key] = words.joined(separator: " ") }
    }
    return match
  }

  private static func link(_ unit: Unit, _ files: inout FileGathering) -> [String: String] {
    var link: [String: String] = [:]
    for section in unit.content.sections where section.name == "Link" {
      for setting in section.assignments {
        if setting.value.isEmpty {
          link[setting.key] = nil
        } else if let wanted = refusal(setting) {
          files.note(
            setting.file,
            setting.line,
            "\(setting.key)=\(setting.value) makes no sense; \(wanted); udev ignores the line"
          )
        } else {
          link[setting.key] = setting.value
        }
      }
    }
    if let policy = link["MACAddressPolicy"], policy != "none", link["MACAddress"] != nil {
      files.note(unit.path, 0, "udev ignores MACAddress= because of MACAddressPolicy=\(policy)")
    }
    return link
  }

  /// What a value should have been.
  private static func refusal(_ setting: UnitFile.Assignment) -> String? {
    switch setting.key {
    case "MACAddressPolicy" where !["persistent", "random", "none"].contains(setting.value):
      "it may be persistent, random or none"
    case "MACAddress" where MACText.parse(setting.value) == nil: "it has to be six octets between colons"
    default: nil
    }
  }
}
