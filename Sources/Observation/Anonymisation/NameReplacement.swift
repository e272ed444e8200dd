/// Replaces names. The same name is replaced alike wherever it stands; what a name says about what it names stays
/// ("veth…", "br-…", "docker0").
struct NameReplacement {
  private let key: AnonymisationKey

  init(_ key: AnonymisationKey) { self.key = key }

  /// What stands for a name of this sort, such as "container-1f2e3d".
  func name(_ name: String, sort: String) -> String { "\(sort)-" + digits(sort, name, count: 8) }

  /// What stands for a domain; nothing else ends in ".invalid" (RFC 2606).
  func domain(_ name: String) -> String {
    "domain-" + digits("domain", name.lowercased(), count: 8) + ".invalid"
  }

  /// What stands for an id in hexadecimal digits, of which tools show the first twelve.
  func identifier(_ id: String) -> String {
    let head = String(id.prefix(12))
    let tail = String(id.dropFirst(12))
    return digits("id", head, count: head.utf8.count)
      + (tail.isEmpty ? "" : digits("id", id, count: tail.utf8.count))
  }

  /// What stands for an interface's name, of at most 15 octets as the kernel wants it.
  func interface(_ name: String) -> String {
    if name.isEmpty || Self.isWellKnown(name) { return name }
    if name.hasPrefix("br-"), name.utf8.count == 15, Self.isHexadecimal(name.dropFirst(3)) {
      // Docker names a bridge after its network's id.
      return "br-" + identifier(String(name.dropFirst(3)))
    }
    let kept = Self.prefixes.first { name.hasPrefix($0) } ?? "if"
    return kept + digits("interface", name, count: 8)
  }

  /// As many hexadecimal digits as asked for.
  func digits(_ purpose: String, _ text: String, count: Int) -> String {
    var result = ""
    var part = 0
    while result.utf8.count < count {
      let word = String(key.hash("\(purpose) \(part)", text), radix: 16)
      result += String(repeating: "0", count: 16 - word.utf8.count) + word
      part += 1
    }
    return String(result.prefix(count))
  }

  /// Whether all are hexadecimal digits in lower case.
  static func isHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Names that programs give, and numbered ones.
  static func isWellKnown(_ name: String) -> Bool {
    if fixed.contains(name) { return true }
    guard let prefix = numbered.first(where: { name.hasPrefix($0) }) else { return false }
    let rest = name.utf8.dropFirst(prefix.utf8.count)
    return !rest.isEmpty && rest.count <= 6 && rest.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
  }

  private static let fixed: Set<String> = [
    "lo", "all", "default", "docker_gwbridge", "cni-podman", "kube-bridge", "ip6tnl0", "erspan0", "gre0",
    "gretap0",
  ]
  private static let numbered = [
    "eth", "br", "docker", "virbr", "lxcbr", "lxdbr", "incusbr", "cni", "cni-podman", "podman", "bond",
    "team",
    "wlan", "wg", "tun", "tap", "sit", "tunl", "dummy", "tailscale", "flannel.", "vxlan", "ens", "eno",
  ]
  private static let prefixes = [
    "br-", "veth", "docker", "virbr", "lxc", "vnet", "cali", "flannel", "cni", "podman", "tap", "tun", "wg",
    "vxlan",
    "vlan", "bond", "team", "wl", "en", "eth", "br",
  ]
}
