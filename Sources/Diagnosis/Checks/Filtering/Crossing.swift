internal import NetworkTypes
internal import Observation

/// A packet that a bridge's containers would send out of the host, and what the host's rules do with it and with
/// its answer. Nothing is sent: the rules are read.
struct Crossing {
  /// What the packet is for.
  enum Purpose: Hashable {
    /// A lookup at a server that a container's own configuration names.
    case ownResolver
    /// A lookup at some server outside, because no container names one.
    case anyResolver
    /// A connection to a web server outside.
    case web
  }

  /// What the rules do with one packet.
  struct Fate {
    var decision = Ruleset.Decision.accepted
    /// The hook that decided.
    var hook = "forward"
    /// The rule or policy that dropped it.
    var dropped: Ruleset.Site?
    /// Rules that accepted it on the forward hook, one for each base chain.
    var accepted: [Ruleset.Site] = []
    /// Rules that may have decided and can't be judged.
    var doubts: [Ruleset.Site] = []
  }

  let family: IPFamily
  let purpose: Purpose
  /// The container that sends it; nil if it holds for all of the subnet.
  let container: String?
  /// The containers' subnet.
  let subnet: IPPrefix
  let packet: Ruleset.Packet
  /// Whether a rule gives it another destination; nil if that can't be judged.
  let isRedirected: Bool?
  let request: Fate
  let answer: Fate
  /// Whether its source is translated; nil if that can't be judged.
  let isTranslated: Bool?
  /// The rule that translates it, with the ports that it may use.
  let translation: (site: Ruleset.Site, ports: ClosedRange<UInt16>?)?
  /// Rules that may translate it and can't be judged.
  let translationDoubts: [Ruleset.Site]

  /// The packet in words.
  var words: String {
    let what = packet.upperProtocol == .udp ? "a lookup (UDP port 53)" : "a connection (TCP port 443)"
    return "\(what) from \(container ?? "\(subnet)") to \(packet.destination.address)"
  }
}

/// Sends thought-of packets from a bridge's containers through a namespace's rules and routes.
struct CrossingMaker {
  let namespace: NamespaceView
  let ruleset: Ruleset
  private let routes: RouteLookup

  init(_ namespace: NamespaceView) throws(Missing) {
    self.namespace = namespace
    ruleset = try namespace.rules()
    routes = try namespace.routeLookup()
  }

  /// A web server outside (example.com): no traffic goes there.
  static let anywhere: [IPFamily: IPAddress] = [
    .v4: .v4(IPv4Address(93, 184, 215, 14)),
    .v6: .v6(IPv6Address(0x2606_2800_021f_cb07_6820_80da_af6b_8b2c)),
  ]

  /// The packets of each family and subnet that the bridge routes for and that has a way out.
  func crossings(of bridge: BridgeView) throws(Missing) -> [Crossing] {
    var crossings: [Crossing] = []
    for subnet in bridge.subnets {
      let family = subnet.address.family
      let hosts = bridge.containers.filter { $0.leaves(by: bridge) }.compactMap { container in
        container.addresses.map(\.address).first { subnet.contains($0) }.map { (container, $0) }
      }
      let first = hosts.first?.1 ?? bridge.someAddress(in: subnet)
      for (purpose, destination) in destinations(of: bridge, family) {
        guard let sample = try crossing(bridge, subnet, first, nil, purpose, destination, isAlike: true)
        else {
          continue
        }
        guard sample.tellsApart, !hosts.isEmpty else {
          crossings.append(sample.crossing)
          continue
        }
        for (container, address) in hosts.prefix(256) {
          let own = try crossing(
            bridge,
            subnet,
            address,
            container.name,
            purpose,
            destination,
            isAlike: false
          )
          if let own { crossings.append(own.crossing) }
        }
      }
    }
    return crossings
  }

  /// What containers need outside: their own resolvers (or any), and the web.
  private func destinations(_ addresses: [IPAddress], _ family: IPFamily) -> [(Crossing.Purpose, IPAddress)] {
    let web = Self.anywhere[family]
    let own = addresses.prefix(3).map { (Crossing.Purpose.ownResolver, $0) }
    let lookups = own.isEmpty ? web.map { [(Crossing.Purpose.anyResolver, $0)] } ?? [] : Array(own)
    return lookups + (web.map { [(.web, $0)] } ?? [])
  }

  private func destinations(of bridge: BridgeView, _ family: IPFamily) -> [(Crossing.Purpose, IPAddress)] {
    let local = Set((namespace.state.addresses.value ?? []).map(\.prefix.address))
    var servers: [IPAddress] = []
    for container in bridge.containers {
      for server in container.nameservers
      where server.family == family && !server.isLoopback && !local.contains(server)
        && !servers.contains(server)
        && !bridge.subnets.contains(where: { $0.contains(server) })
      {
        servers.append(server)
      }
      if servers.count >= 3 { break }
    }
    return destinations(servers, family)
  }

  private func crossing(
    _ bridge: BridgeView,
    _ subnet: IPPrefix,
    _ source: IPAddress,
    _ container: String?,
    _ purpose: Crossing.Purpose,
    _ destination: IPAddress,
    isAlike: Bool
  ) throws(Missing) -> (crossing: Crossing, tellsApart: Bool)? {
    let port: UInt16 = purpose == .web ? 443 : 53
    var packet = Ruleset.Packet(
      inInterface: bridge.name,
      outInterface: "",
      source: SocketAddress(source, port: 40_000),
      destination: SocketAddress(destination, port: port),
      upperProtocol: purpose == .web ? .tcp : .udp,
      state: .new
    )
    packet.mark = Ruleset.Mark(0)
    var walk = Ruleset.Walk(mark: packet.mark, alike: isAlike ? (subnet.network.address, subnet.last) : nil)
    var request = Crossing.Fate()
    pass(packet, "prerouting", &walk, &request)
    let isRedirected = ruleset.redirects(packet, &walk)
    let mark: UInt32? = walk.mark.known == .max ? walk.mark.value : nil
    let outcome = routes.way(.init(to: destination, from: source, arrivingAt: bridge.name, mark: mark))
    if case .undecided(let why) = outcome { throw Missing(what: "the way to \(destination): \(why)") }
    guard let way = namespace.links(of: outcome).first, way.index != bridge.link.index else { return nil }
    packet.outInterface = way.name
    packet.mark = walk.mark
    pass(packet, "forward", &walk, &request)
    request.accepted = walk.accepted.filter { ruleset.chains[$0.base].hook == "forward" }
    pass(packet, "postrouting", &walk, &request)
    request.doubts = walk.doubts
    var translation = Ruleset.Walk(mark: walk.mark, alike: walk.alike)
    let isTranslated = ruleset.translatesSource(of: packet, &translation)
    var back = Ruleset.Walk(mark: Ruleset.Mark(0), alike: walk.alike)
    let answer = answerFate(to: packet, isTranslated: isTranslated ?? true, out: way, &back)
    let crossing = Crossing(
      family: source.family,
      purpose: purpose,
      container: container,
      subnet: subnet,
      packet: packet,
      isRedirected: isRedirected,
      request: request,
      answer: answer,
      isTranslated: isTranslated,
      translation: translation.translated,
      translationDoubts: translation.doubts
    )
    let tellsApart = walk.tellsAddressesApart || translation.tellsAddressesApart || back.tellsAddressesApart
    return (crossing, tellsApart)
  }

  /// The answer comes to the translated address, and has the container's own from the translation on.
  private func answerFate(
    to packet: Ruleset.Packet,
    isTranslated: Bool,
    out way: LinkSnapshot,
    _ walk: inout Ruleset.Walk
  ) -> Crossing.Fate {
    var fate = Crossing.Fate()
    var arriving = packet.answer
    arriving.mark = Ruleset.Mark(0)
    let family = packet.source.address.family
    let own = (namespace.state.addresses.value ?? []).first {
      $0.interface == way.index && $0.prefix.address.family == family && !$0.prefix.address.isLinkLocal
    }
    arriving.outInterface = ""
    if isTranslated, let own {
      arriving.destination = SocketAddress(own.prefix.address, port: 40_000)
      arriving.destinationIsLocal = true
    }
    pass(arriving, "prerouting", &walk, &fate)
    var answer = packet.answer
    answer.mark = walk.mark
    pass(answer, "forward", &walk, &fate)
    fate.accepted = walk.accepted.filter { ruleset.chains[$0.base].hook == "forward" }
    pass(answer, "postrouting", &walk, &fate)
    fate.doubts = walk.doubts
    return fate
  }

  private func pass(
    _ packet: Ruleset.Packet,
    _ hook: String,
    _ walk: inout Ruleset.Walk,
    _ fate: inout Crossing.Fate
  ) {
    if case .droppedByPolicy = fate.decision { return }
    if case .droppedByRule = fate.decision { return }
    let decision = ruleset.filter(packet, hook: hook, &walk)
    guard decision != .accepted else { return }
    fate.decision = decision
    fate.hook = hook
    fate.dropped = walk.dropped
  }
}

extension NamespaceView {
  /// Several checks ask about the same packets, so they are made once.
  mutating func makeCrossings() {
    for bridge in bridges where bridge.notRouted(in: self) == nil {
      do throws(Missing) {
        crossings[bridge.link.index] = .success(try CrossingMaker(self).crossings(of: bridge))
      } catch {
        crossings[bridge.link.index] = .failure(error)
      }
    }
  }

  /// What a bridge's containers would send out.
  func crossings(of bridge: BridgeView) throws(Missing) -> [Crossing] {
    try crossings[bridge.link.index]?.get() ?? []
  }

  /// The rules; none at all if the kernel has no packet filter.
  func rules() throws(Missing) -> Ruleset {
    try ruleset.needed("the firewall rules of \(state.name)") ?? .empty
  }
}

extension ContainerView {
  /// The servers of its resolver configuration.
  var nameservers: [IPAddress] {
    guard let text = inside?.resolver.value else {
      return (container?.dns ?? []).compactMap { IPAddress($0) }
    }
    return text.split(separator: "\n").compactMap { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count >= 2, words[0] == "nameserver" else { return nil }
      return IPAddress(String(words[1]))
    }
  }

  /// Whether a default route of it goes by the bridge; true where its routes weren't looked at.
  func leaves(by bridge: BridgeView) -> Bool {
    guard let interface, let routes = inside?.routes.value else { return true }
    let ways = routes.filter { $0.destination.length == 0 && $0.type == "unicast" }
    return ways.contains {
      $0.interface == interface.index || $0.hops.contains { $0.interface == interface.index }
    }
  }
}

extension BridgeView {
  /// An address of a subnet that could be a container's.
  func someAddress(in subnet: IPPrefix) -> IPAddress {
    let own = addresses.map(\.address)
    for offset: UInt32 in 2...4 {
      let address: IPAddress =
        switch subnet.network.address {
        case .v4(let first): .v4(IPv4Address(first.rawValue &+ offset))
        case .v6(let first): .v6(IPv6Address(first.rawValue &+ UInt128(offset)))
        }
      if !own.contains(address) { return address }
    }
    return subnet.last
  }

  /// Why the host doesn't route for this bridge's containers; nil if it does.
  func notRouted(in namespace: NamespaceView) -> String? {
    if !isForContainers { return "no container is on it, and no engine uses it" }
    if !networks.isEmpty, networks.allSatisfy(\.network.isInternal) {
      return "its network is internal: it is meant to have no way out"
    }
    if gateways.isEmpty { return "it has no address, so the host doesn't route for what is on it" }
    let isWayOut = (namespace.state.routes.value ?? []).contains {
      $0.destination.length == 0 && $0.type == "unicast"
        && ($0.interface == link.index || $0.hops.contains { $0.interface == link.index })
    }
    if isWayOut {
      return "the host's own default route leaves by it: its containers are in the host's network"
    }
    if !containers.isEmpty, networks.isEmpty, containers.allSatisfy({ !$0.leaves(by: self) }) {
      return "no default route of its containers leads to it"
    }
    return nil
  }
}
