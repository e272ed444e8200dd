internal import NetworkTypes
internal import Observation

/// Which resolver a container really uses.
///
/// On Docker's default bridge a container has the host's servers without loopbacks and asks them itself, across the
/// bridge. On other networks it has 127.0.0.11, where dockerd answers, which asks the host's servers from the host's
/// namespace, and servers that were given explicitly from the container's.
struct ResolverUse: Hashable, Sendable {
  /// Who asks a server.
  enum Asker: Hashable, Sendable { case container, host }

  /// A server beyond the container.
  struct Server: Hashable, Sendable {
    let address: IPAddress
    let asker: Asker
  }

  /// What it reads.
  let file: ResolverFile
  /// Whether dockerd asks for it.
  let isByDocker: Bool
  /// The servers beyond the container, in their order; nil if dockerd asks and it isn't known whom.
  let servers: [Server]?
  /// Whether somebody chose the servers: for this container, or in the engine's settings.
  let isChosen: Bool

  /// The servers that the container itself asks across its bridge.
  var askedByContainer: [IPAddress] { (servers ?? []).filter { $0.asker == .container }.map(\.address) }

  /// Whether its search list is one that Kubernetes writes.
  var isKubernetes: Bool { file.search.contains { $0.hasSuffix("svc.cluster.local") } }

  /// What a container uses; `hostServers` are those that its engine copies, nil if they aren't known.
  init(_ file: ResolverFile, container: ContainerView, hostServers: [IPAddress]?) {
    self.file = file
    isByDocker = file.asksDocker
    let given = (container.container?.dns ?? []).compactMap { IPAddress($0) }
    let ofEngine = container.engine?.dnsServers ?? []
    isChosen = !given.isEmpty || !ofEngine.isEmpty
    guard file.asksDocker else {
      servers = file.addresses.map { Server(address: $0, asker: .container) }
      return
    }
    let others = file.addresses.filter { $0 != ResolverFile.docker }
    let direct = others.map { Server(address: $0, asker: .container) }
    if let upstream = file.upstream {
      servers =
        upstream.map { Server(address: $0.address, asker: $0.isAskedByHost ? .host : .container) } + direct
    } else if isChosen {
      servers =
        (given.isEmpty ? ofEngine : given).map { Server(address: $0, asker: .container) } + direct
    } else {
      servers = hostServers.map { $0.map { Server(address: $0, asker: .host) } + direct }
    }
  }
}

extension EngineSnapshot {
  /// The setting "dns", which is a list as JSON.
  var dnsServers: [IPAddress] {
    guard let text = settings.value?["dns"] else { return [] }
    return text.split { "[]\", \t\n".contains($0) }.compactMap { IPAddress(String($0)) }
  }
}
