/// A network namespace that is held by a mount, as `ip netns add` and dockerd do it.
struct NamespaceMount: Hashable, Sendable {
  /// The namespace's inode number.
  let namespace: UInt64
  /// Where it is mounted.
  let path: String

  /// The network namespaces among the mounts of a text such as /proc/PID/mountinfo (proc(5)): the fourth field is
  /// "net:[INODE]", the fifth the place, with blanks as octal numbers.
  static func list(_ text: String) -> [NamespaceMount] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 4, fields[3].hasPrefix("net:["), fields[3].hasSuffix("]"),
        let number = UInt64(fields[3].dropFirst(5).dropLast())
      else { return nil }
      return NamespaceMount(namespace: number, path: unescaped(fields[4]))
    }
  }

  private static func unescaped(_ text: Substring) -> String {
    var octets: [UInt8] = []
    var rest = text.utf8[...]
    while let octet = rest.popFirst() {
      let digits = rest.prefix(3)
      if octet == UInt8(ascii: "\\"), digits.count == 3,
        let number = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        octets.append(number)
        rest = rest.dropFirst(3)
      } else {
        octets.append(octet)
      }
    }
    return String(decoding: octets, as: UTF8.self)
  }
}
