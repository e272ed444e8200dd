internal import Frames

/// What a name says about its own lookup.
struct Steering {
  /// How long the answer is held back.
  private(set) var delay: Duration?
  /// What is done.
  private(set) var deed: LabResolver.Deed?
  /// Whether the name is said not to exist.
  private(set) var isMissing = false
  /// Length in bytes of a TXT record's text.
  private(set) var textSize: Int?

  init(_ name: DNSName) {
    for label in name.labels {
      switch String(decoding: label, as: UTF8.self).lowercased() {
      case "mute": deed = .muted
      case "servfail": deed = .servfail
      case "refused": deed = .refused
      case "trunc": deed = .truncated
      case "nxdomain": isMissing = true
      case let text:
        // A minute and 16,000 bytes are enough for any experiment.
        if let number = Self.number(text, after: "d") { delay = .milliseconds(min(number, 60_000)) }
        if let number = Self.number(text, after: "s") { textSize = min(number, 16_000) }
      }
    }
  }

  private static func number(_ text: String, after letter: Character) -> Int? {
    guard text.first == letter, text.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text.dropFirst())
  }
}
