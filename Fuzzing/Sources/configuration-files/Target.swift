import NetworkConfiguration
import NetworkTypes
import Observation

/// A configuration file, whose parser the first octet chooses; octets after a NUL are a second file: a drop-in, or
/// one that is sourced.
@c(LLVMFuzzerTestOneInput)
public func fuzzConfigurationFiles(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let parser = input.first else { return 0 }
  let parts = input.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  let first = Array(parts[0])
  let second = parts.count > 1 ? Array(parts[1]) : []
  switch parser {
  case UInt8(ascii: "i"): ifupdown(first, second)
  case UInt8(ascii: "l"): linkPolicies(first, second)
  case UInt8(ascii: "n"): networkd(first, second)
  case UInt8(ascii: "k"): networkManager(first, second)
  case UInt8(ascii: "s"): sysctl(first, second)
  case UInt8(ascii: "r"): resolver(first)
  case UInt8(ascii: "g"): glob(first, second)
  case UInt8(ascii: "y"): netplan(first, second)
  default: break
  }
  return 0
}

/// Two files in memory; other paths are absent.
private struct TwoFiles: FileTree {
  let files: [String: [UInt8]]

  func names(in folder: String) -> Reading<[String]> {
    let names = files.keys.filter { FilePath.folder(of: $0) == folder }.map { FilePath.name(of: $0) }
    return names.isEmpty ? .absent : .value(names)
  }

  func file(at path: String) -> Reading<TreeFile> {
    files[path].map { .value(TreeFile(bytes: $0, path: path)) } ?? .absent
  }
}

private func gathering(_ files: [String: [UInt8]]) -> FileGathering { FileGathering(TwoFiles(files: files)) }

/// Each mistake is in a line that exists.
private func check(_ mistakes: [ConfigurationMistake], _ files: [UInt8]...) {
  let most = files.map { $0.count { $0 == UInt8(ascii: "\n") } + 1 }.max() ?? 0
  for mistake in mistakes { precondition((0...most).contains(mistake.line)) }
}

private func ifupdown(_ first: [UInt8], _ second: [UInt8]) {
  var files = gathering(["/etc/network/interfaces": first, "/etc/network/more": second])
  let parsed = IfupdownFiles(from: &files)
  let interfaces = parsed.interfaces()
  precondition(Set(interfaces.map(\.name)) == Set(parsed.stanzas.map(\.name)))
  precondition(Set(interfaces.map(\.name)).count == interfaces.count)
  for option in parsed.stanzas.flatMap(\.options) { precondition(!option.value.isEmpty && option.line > 0) }
  check(files.mistakes, first, second)
}

private func linkPolicies(_ first: [UInt8], _ second: [UInt8]) {
  let folder = "/etc/systemd/network/"
  var files = gathering([folder + "a.link": first, folder + "a.link.d/b.conf": second])
  let policies = NetworkdFiles(from: &files, of: .udev).linkPolicies(&files)
  let bridge = LinkIdentity(name: "br0", kind: "bridge", address: MACAddress(0x0242_c100_0001))
  for policy in policies {
    precondition(!policy.match.isEmpty)
    for assignment in [AddressAssignment.permanent, .random, .stolen, .set] {
      _ = policy.effect(on: assignment)
    }
  }
  if case .policy(let policy) = LinkPolicyMatch(of: bridge, in: policies) {
    precondition(policies.contains(policy))
  }
  check(files.mistakes, first, second)
}

private func networkd(_ first: [UInt8], _ second: [UInt8]) {
  let folder = "/run/systemd/network/"
  var files = gathering([folder + "a.network": first, folder + "b.netdev": second])
  let interfaces = NetworkdFiles(from: &files, of: .networkd).interfaces(&files)
  for interface in interfaces { precondition(!interface.name.isEmpty && interface.line > 0) }
  check(files.mistakes, first, second)
}

private func networkManager(_ first: [UInt8], _ second: [UInt8]) {
  var files = gathering([
    "/etc/NetworkManager/system-connections/a": first, "/etc/NetworkManager/NetworkManager.conf": second,
    "/etc/NetworkManager/conf.d/a.conf": first,
  ])
  for interface in NetworkManagerFiles(from: &files).interfaces() { precondition(interface.line > 0) }
  check(files.mistakes, first, second)
}

private func sysctl(_ first: [UInt8], _ second: [UInt8]) {
  var files = gathering(["/etc/sysctl.d/a.conf": first, "/etc/sysctl.conf": second])
  let settings = SysctlFiles(from: &files).settings
  for setting in settings where !Glob.isPattern(setting.name) && !setting.name.contains("\\") {
    precondition(setting.sets(setting.name))
    if setting.isOnlyByPlainSysctl != true { precondition(settings.deciding(setting.name) != nil) }
  }
  check(files.mistakes, first, second)
}

private func resolver(_ first: [UInt8]) {
  let parsed = ResolverConfiguration(first, file: "/etc/resolv.conf")
  precondition((1...ResolverConfiguration.mostServers).contains(parsed.serversInUse.count))
  precondition((0...15).contains(parsed.dots) && (0...30).contains(parsed.timeout))
  precondition((0...5).contains(parsed.attempts))
  check(parsed.mistakes, first)
}

private func glob(_ first: [UInt8], _ second: [UInt8]) {
  let text = String(decoding: second, as: UTF8.self)
  _ = Glob(String(decoding: first, as: UTF8.self)).matches(text)
  let literal = String(decoding: text.utf8.flatMap { [UInt8(ascii: "\\"), $0] }, as: UTF8.self)
  precondition(text.utf8.contains { $0 > 0x7f } || Glob(literal).matches(text))
  precondition(Glob("*").matches(text))
}

private func netplan(_ first: [UInt8], _ second: [UInt8]) {
  var files = gathering(["/etc/netplan/a.yaml": first, "/run/netplan/b.yaml": second])
  let parsed = NetplanFiles(from: &files)
  precondition(Set(parsed.definitions.map(\.id)).count == parsed.definitions.count)
  _ = parsed.interfaces()
}
