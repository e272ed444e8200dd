internal import Lab
internal import LinuxSystem
internal import NetworkTypes

/// What answers an experiment's lookups: one resolver upstream, or one in a container of each host.
final class LabResolvers {
  /// The program.
  let name: String
  private let configuration: ExperimentConfiguration
  private var own: [LabResolver] = []
  private var real: [RealResolver] = []

  /// Starts what answers, one host after the other, as long as `goesOn` says so.
  init(_ configuration: ExperimentConfiguration, lab: Lab, while goesOn: () -> Bool) throws {
    self.configuration = configuration
    name = configuration.resolver.rawValue
    let zone = Zone(origin: "kingpost.test")
    switch configuration.fault.topology.resolver {
    case .upstream:
      try serve(Topology.resolverAddresses, in: lab.upstream.namespace, zone: zone, seed: configuration.seed)
    case .container(let name):
      for host in lab.hosts where goesOn() {
        guard let container = host.containers[name] else { continue }
        try serve(
          container.plan.addresses.map(\.address),
          in: container.namespace,
          zone: zone,
          seed: configuration.seed &+ UInt64(host.plan.number)
        )
      }
    case .host:
      for host in lab.hosts where goesOn() {
        try serve(
          host.plan.bridge.gateways.map(\.address),
          in: host.namespace,
          zone: zone,
          seed: configuration.seed &+ UInt64(host.plan.number)
        )
      }
    }
  }

  private func serve(_ addresses: [IPAddress], in namespace: NetworkNamespace, zone: Zone, seed: UInt64)
    throws
  {
    let endpoints = addresses.map { SocketAddress($0, port: 53) }
    switch configuration.resolver {
    case .kingpost:
      // What it ignores is the truth that attribution is held against.
      let logLimit = configuration.muteShare > 0 ? 200_000 : 0
      let resolver = try LabResolver(at: endpoints, in: namespace, zone: zone, seed: seed, logLimit: logLimit)
      try resolver.start()
      own.append(resolver)
    case .dnsmasq: try run(.dnsmasq, at: endpoints, in: namespace, zone: zone)
    case .unbound: try run(.unbound, at: endpoints, in: namespace, zone: zone)
    }
  }

  private func run(
    _ program: RealResolver.Program,
    at endpoints: [SocketAddress],
    in namespace: NetworkNamespace,
    zone: Zone
  ) throws {
    do {
      real.append(try RealResolver(program, at: endpoints, in: namespace, zone: zone))
    } catch let failure as RealResolver.Failure {
      guard case .missing = failure else { throw failure }
      throw LabError("\(failure)", advice: "Or leave --resolver out.", isMissingGround: true)
    }
  }

  /// Behaves from now on as the experiment says; until then every request is answered.
  func begin() {
    guard configuration.muteShare > 0 else { return }
    for resolver in own { resolver.set(LabResolver.Behaviour(muteShare: configuration.muteShare)) }
  }

  /// The digests of the names that were asked for in vain, if requests were ignored on purpose.
  var ignored: Set<UInt64>? {
    guard configuration.muteShare > 0 else { return nil }
    return Set(own.flatMap(\.log.entries).filter { $0.deed == .muted }.map(\.question))
  }

  /// Ends all resolvers.
  func stop() {
    for resolver in own { resolver.stop() }
    for resolver in real { resolver.stop() }
  }
}
