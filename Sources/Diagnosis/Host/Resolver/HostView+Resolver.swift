internal import NetworkTypes
internal import Observation

extension HostView {
  /// The resolv.conf of a namespace's programs; nil if there is none.
  func resolverFile(of namespace: NamespaceView) throws(Missing) -> ResolverFile? {
    let what = "the resolver configuration of \(namespace.state.name)"
    if namespace.state.role == .machine, let reading = snapshot.management.resolverFiles[Self.resolvConf] {
      return try reading.needed(what).map { ResolverFile($0) }
    }
    return try namespace.state.resolver.needed(what).map { ResolverFile($0) }
  }

  /// The servers that systemd-resolved asks, as its own file has them; nil if it doesn't run.
  func resolvedFile() throws(Missing) -> ResolverFile? {
    guard let reading = snapshot.management.resolverFiles[Self.resolvedConf] else { return nil }
    return try reading.needed(Self.resolvedConf).map { ResolverFile($0) }
  }

  /// The servers that an engine copies into containers: the file's without loopbacks, or systemd-resolved's if the
  /// file has only its stub.
  func copiedServers(of namespace: NamespaceView) throws(Missing) -> [IPAddress]? {
    guard let file = try resolverFile(of: namespace) else { return nil }
    if namespace.state.role == .machine, file.addresses == [ResolverFile.resolvedStub],
      let resolved = try resolvedFile()
    {
      return resolved.addresses.filter { !$0.isLoopback }
    }
    return file.addresses.filter { !$0.isLoopback }
  }

  static let resolvConf = "/etc/resolv.conf"
  static let resolvedConf = "/run/systemd/resolve/resolv.conf"
}
