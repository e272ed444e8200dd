internal import NetworkConfiguration
internal import NetworkTypes

/// A resolv.conf as glibc reads it, with what Docker notes in comments.
struct ResolverFile: Hashable, Sendable {
  /// A server.
  struct Server: Hashable, Sendable {
    let address: IPAddress
    /// What follows a "%": the interface of a link-local address.
    let zone: String?
  }

  /// A server that Docker's own resolver passes questions on to.
  struct Upstream: Hashable, Sendable {
    let address: IPAddress
    /// Whether dockerd asks it from the host's namespace rather than from the container's.
    let isAskedByHost: Bool
  }

  /// The servers in their order, more than the three that glibc uses, if there are.
  let servers: [Server]
  /// The search list; the last "search" or "domain" counts.
  let search: [String]
  /// The options without a number, as they are written.
  let options: [String]
  /// Docker's note "ExtServers", if it is there (Docker 25 and later).
  private(set) var upstream: [Upstream]?
  /// Whether Docker notes that it used its fallback, because nothing else was left.
  private(set) var usedDefaults = false

  private let numbers: [String: Int]

  init(_ text: String) {
    let read = ResolverConfiguration(text)
    servers = read.servers.map { Server(address: $0.address, zone: $0.scope) }
    // A dot alone stands for no domain.
    search = read.search.filter { $0 != "." }
    options = read.options
    numbers = read.numbers
    for line in text.split(separator: "\n") where line.first == "#" { note(line) }
  }

  /// The servers' addresses.
  var addresses: [IPAddress] { servers.map(\.address) }

  /// The value of an option such as "ndots:2"; nil if it isn't there.
  func value(of option: String) -> Int? { numbers[option] }

  /// Whether a question goes to Docker's own resolver.
  var asksDocker: Bool { addresses.contains(Self.docker) }

  /// Where dockerd answers in a container's namespace.
  static let docker = IPAddress.v4(IPv4Address(127, 0, 0, 11))
  /// Where systemd-resolved answers.
  static let resolvedStub = IPAddress.v4(IPv4Address(127, 0, 0, 53))
  /// What Docker falls back to.
  static let fallback: Set<IPAddress> = Set(
    ["8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844"].compactMap { IPAddress($0) }
  )

  private static func server(_ text: String) -> Server? {
    let parts = text.split(separator: "%", maxSplits: 1)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    return Server(address: address, zone: parts.count > 1 ? String(parts[1]) : nil)
  }

  private mutating func note(_ line: Substring) {
    if line.hasPrefix("# Used default nameservers") { usedDefaults = true }
    let head = "# ExtServers: ["
    guard line.hasPrefix(head), let end = line.lastIndex(of: "]") else { return }
    let list = line[line.index(line.startIndex, offsetBy: head.count)..<end]
    upstream = list.split(separator: " ").compactMap { word in
      let isHost = word.hasPrefix("host(") && word.hasSuffix(")")
      let text = isHost ? word.dropFirst("host(".count).dropLast() : word
      return Self.server(String(text)).map { Upstream(address: $0.address, isAskedByHost: isHost) }
    }
  }
}
