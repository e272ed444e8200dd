/// What /etc/network/interfaces and the files that it sources say (interfaces(5)).
public struct IfupdownFiles: Hashable, Sendable {
  /// A line of a stanza.
  public struct Option: Hashable, Sendable {
    /// The option as it stands there, but "post-up" is "up" and "pre-down" is "down", as in ifupdown.
    public let name: String
    /// Its value.
    public let value: String
    /// The file.
    public let file: String
    /// The line that it begins at.
    public let line: Int
  }

  /// `iface NAME FAMILY METHOD`.
  public struct Stanza: Hashable, Sendable {
    /// The interface.
    public let name: String
    /// "inet", "inet6", …; nil if the stanza doesn't say.
    public let family: String?
    /// "static", "manual", "dhcp", …; nil if the stanza doesn't say.
    public let method: String?
    /// The file.
    public let file: String
    /// The line that it begins at.
    public let line: Int
    /// The options, inherited ones first.
    public internal(set) var options: [Option]
  }

  /// `mapping PATTERN…`: a script chooses which stanza an interface gets.
  public struct Mapping: Hashable, Sendable {
    /// Which interfaces.
    public let patterns: [String]
    /// The script and its input.
    public internal(set) var options: [Option]
    /// The file.
    public let file: String
    /// The line.
    public let line: Int
  }

  /// The file that ifupdown reads first.
  public static let mainFile = "/etc/network/interfaces"

  /// The stanzas in the order in which they are read. All of an interface's are used.
  public internal(set) var stanzas: [Stanza] = []
  /// The mappings.
  public internal(set) var mappings: [Mapping] = []
  /// The interfaces (or patterns, "/eth*") of `auto` and `allow-CLASS`, by class; `auto` is the class "auto".
  public internal(set) var allowed: [String: [String]] = [:]
  /// Whether the files are ifupdown2's, whose stanzas need no family.
  public let isIfupdown2: Bool

  /// Reads the main file and what it sources.
  public init(from files: inout FileGathering, main: String = mainFile) {
    isIfupdown2 = files.read("/etc/network/ifupdown2/ifupdown2.conf") != nil
    var reader = IfupdownReader(isIfupdown2: isIfupdown2)
    reader.read(main, &files, depth: 0)
    stanzas = reader.stanzas
    mappings = reader.mappings
    allowed = reader.allowed
  }

  /// The stanzas of an interface.
  public func stanzas(of name: String) -> [Stanza] { stanzas.filter { $0.name == name } }
}
