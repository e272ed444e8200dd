public import NetworkTypes

/// What a container's or a host's /etc/resolv.conf says (resolv.conf(5)). A lab has no files: it is what a snapshot of
/// the lab says.
public struct ResolverConfiguration: Hashable, Sendable {
  /// The servers, in the order in which they are tried.
  public var servers: [IPAddress]
  /// The search list.
  public var search: [String]
  /// Options, such as "ndots:5".
  public var options: [String]

  /// A configuration.
  public init(servers: [IPAddress], search: [String] = [], options: [String] = []) {
    self.servers = servers
    self.search = search
    self.options = options
  }

  /// The file's text.
  public var text: String {
    var lines = servers.map { "nameserver \($0)" }
    if !search.isEmpty { lines.append("search " + search.joined(separator: " ")) }
    if !options.isEmpty { lines.append("options " + options.joined(separator: " ")) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The command that writes the file.
  var command: String {
    "printf \"\(text.split(separator: "\n").map { $0 + "\\n" }.joined())\" > /etc/resolv.conf"
  }
}
