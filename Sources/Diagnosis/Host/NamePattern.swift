/// A pattern for names, as shells, udev and systemd-networkd have them: `*`, `?` and `[…]`.
struct NamePattern {
  private let pattern: [Character]

  init(_ pattern: String) { self.pattern = Array(pattern) }

  /// Whether it matches a whole name.
  func matches(_ name: String) -> Bool {
    // One `*` is remembered at a time: if what follows it fails, it takes one character more.
    let name = Array(name)
    var at = 0
    var position = 0
    var star: (pattern: Int, name: Int)?
    while position < name.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at + 1, position)
        at += 1
      } else if let next = step(at, name[position]) {
        at = next
        position += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.pattern
        position = last.name + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }

  /// Where the pattern goes on after one character of it, or nil if it doesn't match `character`.
  private func step(_ at: Int, _ character: Character) -> Int? {
    guard at < pattern.count else { return nil }
    if pattern[at] == "?" { return at + 1 }
    guard pattern[at] == "[", let end = pattern[at...].dropFirst(2).firstIndex(of: "]") else {
      return pattern[at] == character ? at + 1 : nil
    }
    var set = pattern[(at + 1)..<end]
    let isInverted = set.first == "!" || set.first == "^"
    if isInverted { set = set.dropFirst() }
    return contains(Array(set), character) != isInverted ? end + 1 : nil
  }

  private func contains(_ set: [Character], _ character: Character) -> Bool {
    var at = 0
    while at < set.count {
      if at + 2 < set.count, set[at + 1] == "-" {
        if set[at] <= character, character <= set[at + 2] { return true }
        at += 3
      } else {
        if set[at] == character { return true }
        at += 1
      }
    }
    return false
  }
}
