/// An interface's name that means itself in every file and in a shell: letters, digits, `_`, `-` and `.`.
///
/// The kernel allows nearly everything; for other names nothing is written.
public struct PlainInterfaceName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// The name, unless it is empty, longer than 15 octets, begins with a hyphen or dot, or has another character.
  public init?(_ name: String) {
    guard (1...15).contains(name.utf8.count), !name.hasPrefix("-"), !name.hasPrefix("."),
      name.utf8.allSatisfy({
        $0 == UInt8(ascii: ".") || IfupdownReader.isPlain(String(decoding: [$0], as: UTF8.self))
      })
    else { return nil }
    description = name
  }
}
