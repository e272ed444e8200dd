/// Shell patterns as fnmatch(3) matches them without flags: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` for what follows.
public struct Glob: Hashable, Sendable {
  /// The pattern.
  public let pattern: String

  /// A pattern.
  public init(_ pattern: String) { self.pattern = pattern }

  /// Whether a text has characters that make it a pattern.
  public static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  /// Whether the whole of `text` matches. Takes at most the product of the two lengths.
  public func matches(_ text: String) -> Bool {
    let pattern = Array(self.pattern.utf8)
    let text = Array(text.utf8)
    var here = 0
    var at = 0
    var resume: (pattern: Int, text: Int)?
    while at < text.count || here < pattern.count {
      if here < pattern.count, pattern[here] == UInt8(ascii: "*") {
        resume = (here + 1, at)
        here += 1
        continue
      }
      if at < text.count, let next = Self.step(pattern, here, text[at]) {
        here = next
        at += 1
        continue
      }
      // The last asterisk takes one more octet, as long as there is one.
      guard let last = resume, last.text < text.count else { return false }
      resume = (last.pattern, last.text + 1)
      here = last.pattern
      at = last.text + 1
    }
    return true
  }

  /// Where the pattern goes on if what is at `here` matches an octet; nil if it doesn't.
  private static func step(_ pattern: [UInt8], _ here: Int, _ octet: UInt8) -> Int? {
    guard here < pattern.count else { return nil }
    switch pattern[here] {
    case UInt8(ascii: "?"): return here + 1
    case UInt8(ascii: "["):
      if let (isIn, end) = set(pattern, here + 1, octet) { return isIn ? end : nil }
      return octet == pattern[here] ? here + 1 : nil
    case .backslash where here + 1 < pattern.count: return octet == pattern[here + 1] ? here + 2 : nil
    default: return octet == pattern[here] ? here + 1 : nil
    }
  }

  /// Whether an octet is in a bracket expression, and where that ends; nil if it has no end.
  private static func set(_ pattern: [UInt8], _ start: Int, _ octet: UInt8) -> (isIn: Bool, end: Int)? {
    var at = start
    var isIn = false
    let isNegated =
      at < pattern.count && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
    if isNegated { at += 1 }
    let first = at
    while at < pattern.count {
      if pattern[at] == UInt8(ascii: "]"), at > first { return (isIn != isNegated, at + 1) }
      if pattern[at] == .backslash, at + 1 < pattern.count { at += 1 }
      let low = pattern[at]
      var high = low
      if at + 2 < pattern.count, pattern[at + 1] == UInt8(ascii: "-"), pattern[at + 2] != UInt8(ascii: "]") {
        at += 2
        high = pattern[at]
      }
      if low <= octet, octet <= high { isIn = true }
      at += 1
    }
    return nil
  }
}
