public import NetworkTypes

/// What resolv.conf(5) says, as glibc reads it (`res_vinit_1`, resolv/res_init.c).
public struct ResolverConfiguration: Hashable, Sendable {
  /// `nameserver ADDRESS`.
  public struct Server: Hashable, Sendable {
    /// The address.
    public let address: IPAddress
    /// What follows "%": an interface's name or its number, for link-local addresses.
    public let scope: String?
    /// The line.
    public let line: Int
  }

  /// How many servers glibc asks. The corresponding constant is `MAXNS` (`resolv.h`).
  public static let mostServers = 3

  /// All servers in the file, in order.
  public private(set) var servers: [Server] = []
  /// The domains that are appended to names: the last of `search` and `domain` wins.
  public private(set) var search: [String] = []
  /// The options with a number, within glibc's limits: "ndots" (at most 15), "timeout" (30 seconds), "attempts" (5).
  public private(set) var numbers: [String: Int] = [:]
  /// The other options, such as "rotate" and "single-request".
  public private(set) var options: [String] = []
  /// What glibc ignores.
  public private(set) var mistakes: [ConfigurationMistake] = []

  /// The servers that glibc asks: the first three, or the one on this host if the file has none.
  public var serversInUse: [Server] {
    servers.isEmpty
      ? [Server(address: .v4(.loopback), scope: nil, line: 0)] : Array(servers.prefix(Self.mostServers))
  }
  /// How many dots a name needs to be asked for as it stands at first.
  public var dots: Int { numbers["ndots"] ?? 1 }
  /// Seconds until the next server is asked.
  public var timeout: Int { numbers["timeout"] ?? 5 }
  /// How often all servers are asked.
  public var attempts: Int { numbers["attempts"] ?? 2 }

  private static let limits = ["ndots": 15, "timeout": 30, "attempts": 5]
  private static let flags: Set = [
    "debug", "rotate", "no-check-names", "inet6", "edns0", "single-request", "single-request-reopen",
    "use-vc",
    "no-tld-query", "no-reload", "trust-ad", "no-aaaa", "ip6-bytestring", "ip6-dotint", "no-ip6-dotint",
  ]

  /// Reads a file's text.
  public init(_ text: String, file: String = "/etc/resolv.conf") { self.init(Array(text.utf8), file: file) }

  /// Reads a file's octets.
  public init(_ bytes: [UInt8], file: String) {
    for line in TextLine.lines(of: bytes) {
      guard let first = line.bytes.first, first != .hash, first != .semicolon else { continue }
      let keyword = line.bytes.prefix { !$0.isBlank }
      let words = line.bytes[keyword.endIndex...].split { $0.isBlank }.map(\.text)
      let hasBlank = keyword.endIndex < line.bytes.endIndex
      switch keyword.text {
      case "nameserver" where hasBlank: addServer(words.first ?? "", line.number, file)
      case "domain" where hasBlank: if let domain = words.first { search = [domain] }
      case "search" where hasBlank: if !words.isEmpty { search = words }
      case "options" where hasBlank: for word in words { addOption(word, line.number, file) }
      case "sortlist" where hasBlank: continue
      case let word where line.bytes.trimmed.isEmpty || word.utf8.first == .carriageReturn: continue
      case let word where word.isEmpty:
        note(file, line.number, "glibc knows keywords at the beginning of a line only; it ignores this one")
      case let word:
        note(file, line.number, "\(word) is no keyword of glibc's with a value; it ignores the line")
      }
    }
    if servers.count > Self.mostServers {
      let unused = servers[Self.mostServers...].map { "\($0.address)" }.joined(separator: ", ")
      note(
        file,
        servers[Self.mostServers].line,
        "glibc asks the first \(Self.mostServers) servers only, not \(unused)"
      )
    }
  }

  private mutating func note(_ file: String, _ line: Int, _ message: String) {
    mistakes.append(ConfigurationMistake(file: file, line: line, message: message))
  }

  private mutating func addServer(_ word: String, _ line: Int, _ file: String) {
    let parts = word.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    if let address = IPv4Text.parse(word) {
      servers.append(Server(address: .v4(address), scope: nil, line: line))
    } else if let text = parts.first, let address = IPv6Address(String(text)) {
      let scope = parts.count > 1 ? String(parts[1]) : nil
      servers.append(Server(address: .v6(address), scope: scope, line: line))
      if address.isLinkLocal, scope == nil {
        note(file, line, "\(address) is link-local and needs its interface: \(address)%eth0")
      }
    } else {
      note(file, line, "\"\(word)\" is no address; glibc ignores the line")
    }
  }

  private mutating func addOption(_ word: String, _ line: Int, _ file: String) {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, let limit = Self.limits[parts[0]] {
      // atoi(3): what is no number is zero.
      let digits = parts[1].utf8.prefix { (0x30...0x39).contains($0) }
      numbers[parts[0]] = min(
        digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self)) ?? limit,
        limit
      )
    } else {
      if !Self.flags.contains(word) { note(file, line, "\(word) is no option of glibc's; it ignores it") }
      options.append(word)
    }
  }
}
