import Diagnosis
import NetworkTypes
import Observation

/// A host made up for a test: containers that look names up, and what a collector would have seen of it.
///
/// Times are milliseconds from the world's beginning. Nothing here says why a lookup fails: only what was seen.
struct World {
  /// What becomes of a lookup.
  enum Way {
    /// Answered after so many milliseconds.
    case answered(after: Int = 2)
    /// To an address that is nobody's: out of the other ports, nothing on the bridge.
    case flooded
    /// Passed up by the bridge, taken for somebody else's.
    case refused
    /// Nothing seen beyond the client's port.
    case lostOnBridge
    /// Taken by the host, not sent on.
    case lostInForwarding
    /// Out of the uplink with the container's own address.
    case untranslated
    /// Out of the uplink, nothing back.
    case mute
    /// Answered so many milliseconds after it was sent, whatever the timeout.
    case late(after: Int)
    /// The answer came to the uplink and no further.
    case answerDropped
    /// The answer went to another link address.
    case answerAstray(MACAddress)
    /// The answer was delivered, and the program didn't take it.
    case answerIgnored
    /// Answered with an error.
    case error(UInt16)
    /// The next hop never answered.
    case neighbourSilent
    /// Never seen at all.
    case unseen
    /// To another container on the bridge; delivered and answered, or not.
    case toPeer(String, isDelivered: Bool, isAnswered: Bool)
    /// To the host's own address on the bridge; taken by the host, and not answered.
    case toHostInVain
  }

  static let bridge = InterfaceIndex(2)
  static let uplink = InterfaceIndex(3)
  static let server = SocketAddress(.v4(IPv4Address(192, 0, 2, 53)), port: 53)
  static let gateway = IPAddress.v4(IPv4Address(172, 18, 0, 1))
  static let hostAddress = IPAddress.v4(IPv4Address(198, 18, 0, 1))
  static let upstream = MACAddress(0x0200_0000_00fe)
  static let masquerade = """
    table inet nat {
    	chain postrouting {
    		type nat hook postrouting priority srcnat; policy accept;
    		ip saddr 172.18.0.0/16 oifname "eth0" masquerade
    	}
    }
    """
  static let names = ["build", "other", "lowest"]

  static func at(_ milliseconds: Int) -> Timestamp {
    Timestamp(nanoseconds: 1_795_406_400_000_000_000) + .milliseconds(milliseconds)
  }

  static func client(_ name: String) -> IPAddress {
    let number = UInt32(names.firstIndex(of: name) ?? 9)
    return .v4(IPv4Address(172, 18, 0, 2).advanced(by: number))
  }
  static func port(_ name: String) -> InterfaceIndex {
    InterfaceIndex(UInt32(11 + (names.firstIndex(of: name) ?? 9)))
  }
  static func mac(_ name: String) -> MACAddress {
    MACAddress(0x0a00_0000_0000 + UInt64(names.firstIndex(of: name) ?? 9))
  }

  var bridgeAddress = MACAddress(0x0200_0000_0010)
  /// What each container takes for its gateway's link address.
  var gatewayEntries: [String: MACAddress] = [:]
  var sightings: [Sighting] = []
  var events: [Event] = []
  var containerEvents: [String: [Event]] = [:]
  var lookups: [ObservedLookup] = []
  var sightingsLost = 0
  /// What looks at the host's namespace found, besides links.
  var settings = ["net.ipv4.ip_forward": "1", "net.bridge.bridge-nf-call-iptables": "0"]
  var ruleset: Reading<String> = .value(World.masquerade)
  var counters: [String: UInt64] = ["Ip.InAddrErrors": 0]
  var otherHostDropped: [String: UInt64] = [:]
  var spanningTree = false
  var portStates: [String: LinkState.PortState] = [:]
  var addresses: [String: IPAddress] = [:]
  /// The bridge's addresses; nil if they aren't read.
  var bridgeHolds: [IPPrefix]?
  /// Each container's addresses inside; nil if they aren't read.
  var containersHold: [String: [IPAddress]]?
  var isolated: Set<String> = []
  var portAddresses: [String: MACAddress] = [:]
  private var states: [NamespaceState] = []
  private var containerStates: [String: [NamespaceState]] = [:]
  private var nextTransaction: UInt16 = 1

  /// A world that was looked at before anything happened.
  init(change: (inout World) -> Void = { _ in }) {
    change(&self)
    look(at: 0)
  }

  // MARK: What happens

  /// A look at all namespaces.
  mutating func look(at time: Int) {
    let ports = Self.names.map {
      link(
        Self.port($0),
        "veth-\($0)",
        address: portAddresses[$0],
        state: portStates[$0] ?? .forwarding,
        isIsolated: isolated.contains($0)
      )
    }
    states.append(
      NamespaceState(
        time: Self.at(time),
        links: [
          link(Self.bridge, "br0", address: bridgeAddress, dropped: otherHostDropped["br0"] ?? 0),
          link(Self.uplink, "eth0"),
        ] + ports,
        neighbours: [],
        settings: settings.mapValues { .value($0) },
        ruleset: ruleset,
        counters: counters,
        addresses: bridgeHolds.map { [Self.bridge: $0] }
      )
    )
    for name in Self.names {
      containerStates[name, default: []].append(
        NamespaceState(
          time: Self.at(time),
          links: [link(InterfaceIndex(2), "eth0", dropped: otherHostDropped[name] ?? 0)],
          neighbours: [
            NeighbourEntry(
              interface: InterfaceIndex(2),
              address: Self.gateway,
              linkAddress: gatewayEntries[name] ?? bridgeAddress,
              reachability: "REACHABLE"
            )
          ],
          settings: [:],
          ruleset: .absent,
          counters: [:],
          addresses: containersHold.map { holders in
            [InterfaceIndex(2): (holders[name] ?? []).compactMap { IPPrefix($0, length: 16) }]
          }
        )
      )
    }
  }

  /// The bridge takes another address; containers that were told none keep the old one.
  mutating func changeBridgeAddress(to address: MACAddress, at time: Int, keeping: [String] = names) {
    for name in keeping { gatewayEntries[name] = gatewayEntries[name] ?? bridgeAddress }
    bridgeAddress = address
    events.append(Event(time: Self.at(time), kind: .link(link(Self.bridge, "br0", address: address))))
  }

  mutating func changePort(_ name: String, to state: LinkState.PortState, at time: Int) {
    events.append(
      Event(time: Self.at(time), kind: .link(link(Self.port(name), "veth-\(name)", state: state)))
    )
  }

  /// A port is given another link address.
  mutating func rewritePort(_ name: String, to address: MACAddress, at time: Int) {
    portAddresses[name] = address
    let told = link(Self.port(name), "veth-\(name)", address: address, state: .forwarding)
    events.append(Event(time: Self.at(time), kind: .link(told)))
  }

  /// The host asks for somebody's link address at one of its interfaces.
  mutating func hostAsks(for target: IPAddress, on interface: InterfaceIndex, at time: Int) {
    let packet = Sighting.Resolution(
      isReply: false,
      sender: Self.gateway,
      senderLink: bridgeAddress,
      target: target
    )
    see(Self.at(time), interface, .outgoing, from: bridgeAddress, to: .broadcast, .resolution(packet))
  }

  mutating func drop(
    _ reason: String,
    at time: Int,
    function: String = "ip_rcv_core",
    interface: String? = nil
  ) {
    let kind = Event.Kind.drop(reason: reason, function: function, interface: interface)
    events.append(Event(time: Self.at(time), kind: kind))
  }

  mutating func see(
    _ time: Timestamp,
    _ interface: InterfaceIndex,
    _ type: Sighting.PacketType,
    from source: MACAddress?,
    to destination: MACAddress?,
    _ content: Sighting.Content
  ) {
    sightings.append(
      Sighting(
        time: time,
        interface: interface,
        packetType: type,
        linkSource: source,
        linkDestination: destination,
        content: content
      )
    )
  }

  /// An ARP packet at a container's port.
  mutating func resolve(
    _ name: String,
    at time: Int,
    isReply: Bool = false,
    sender: IPAddress? = nil,
    senderLink: MACAddress? = nil,
    target: IPAddress = World.gateway
  ) {
    let packet = Sighting.Resolution(
      isReply: isReply,
      sender: sender ?? Self.client(name),
      senderLink: senderLink ?? Self.mac(name),
      target: target
    )
    see(
      Self.at(time),
      Self.port(name),
      isReply ? .outgoing : .broadcast,
      from: packet.senderLink,
      to: .broadcast,
      .resolution(packet)
    )
  }

  /// One lookup with one attempt, and its frames, 10 microseconds from one point to the next.
  @discardableResult
  mutating func lookUp(
    _ name: String = "build",
    at time: Int,
    _ way: Way,
    timeout: Int = 500,
    sourcePort: UInt16? = nil,
    question asked: String? = nil
  ) -> LookupResult {
    let transaction = nextTransaction
    nextTransaction += 1
    let question = asked ?? "n\(transaction).test"
    let client = SocketAddress(addresses[name] ?? Self.client(name), port: sourcePort ?? 20_000 + transaction)
    var frames = Frames(
      start: Self.at(time),
      client: client,
      name: name,
      question: question,
      transaction: transaction,
      gateway: gatewayEntries[name] ?? bridgeAddress
    )
    frames.follow(way)
    var outcome = LookupResult.Outcome.unanswered
    var end = Self.at(time + timeout)
    switch way {
    case .answered, .toPeer(_, _, isAnswered: true):
      outcome = .answered(records: 1)
      end = frames.sightings.last?.time ?? end
    case .error(let code):
      outcome = .errorResponse(code: code)
      end = frames.sightings.last?.time ?? end
    case .neighbourSilent: resolve(name, at: time)
    default: break
    }
    sightings += frames.sightings
    let result = LookupResult(
      name: question,
      type: 1,
      server: frames.server,
      transport: .udp,
      attempts: [LookupResult.Attempt(transaction: transaction, client: client, sent: Self.at(time))],
      start: Self.at(time),
      end: end,
      outcome: outcome
    )
    lookups.append(ObservedLookup(container: name, result: result))
    return result
  }

  private func link(
    _ index: InterfaceIndex,
    _ name: String,
    address: MACAddress? = nil,
    state: LinkState.PortState? = nil,
    dropped: UInt64? = nil,
    isIsolated: Bool? = nil
  ) -> LinkState {
    LinkState(
      index: index,
      name: name,
      kind: name == "br0" ? "bridge" : "veth",
      address: address,
      addressAssignment: .absent,
      master: state == nil ? nil : Self.bridge,
      isUp: true,
      portState: state,
      spanningTree: name == "br0" ? spanningTree : nil,
      forwardDelay: name == "br0" ? .seconds(15) : nil,
      otherHostDropped: dropped,
      isIsolated: isIsolated
    )
  }

  // MARK: What a diagnosis gets

  /// The observation, after a last look a second after the last lookup ended.
  var diagnosis: HostDiagnosis {
    var last = self
    let end = lookups.map(\.result.end).max() ?? Self.at(0)
    last.look(at: Int((end - Self.at(0)).inSeconds * 1000) + 1000)
    let containers = Self.names.map { name in
      HostObservation.Container(
        name: name,
        addresses: [addresses[name] ?? Self.client(name)],
        linkAddress: Self.mac(name),
        port: Self.port(name),
        states: last.containerStates[name] ?? [],
        events: containerEvents[name] ?? []
      )
    }
    let host = HostObservation(
      bridge: Self.bridge,
      uplink: Self.uplink,
      subnets: [IPPrefix("172.18.0.0/16"), IPPrefix("fd00:18::/64")].compactMap(\.self),
      gateways: [Self.gateway, IPAddress("fd00:18::1")].compactMap(\.self),
      states: last.states,
      events: events.sorted { $0.time < $1.time },
      sightings: sightings.sorted { $0.time < $1.time },
      sightingsLost: sightingsLost,
      containers: containers
    )
    return HostDiagnosis(host: host, lookups: lookups)
  }

  /// The attributions of all lookups that failed, each described as "stage cause".
  var found: [String] {
    diagnosis.attributions().map { "\($0.stage.rawValue) \($0.cause?.id.rawValue ?? "-")" }
  }
}
