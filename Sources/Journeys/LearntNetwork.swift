public import NetworkTypes
internal import Observation

/// What frames told about the network that they crossed: nobody else says what a capture's interfaces are, and names can
/// be anything.
///
/// It is learnt from the ways of requests that were answered, and from address resolution.
public struct LearntNetwork: Sendable {
  /// What an interface is.
  public enum Role: String, Hashable, Sendable {
    /// The nearest to a client where its answers were seen: its port, or its own interface.
    case port
    /// Between clients and the way out: the bridge.
    case bridge
    /// Where requests leave this host.
    case uplink
    /// Nothing that was answered tells.
    case unknown
  }

  /// What was learnt about an interface.
  struct Place: Sendable {
    /// How often it was the last before the client.
    var last = 0
    /// How often it was between the client and the rest.
    var between = 0
    /// How often requests left there with other addresses, and with the client's own.
    var translated = 0
    var routed = 0
    /// The link addresses that answers came from there.
    var senders = LinkAddressHistory()
  }

  /// More clients, and more owners of addresses, than this are not kept: those that come later stay unknown.
  private static let most = 65_536

  private var places: [Place] = []
  /// The interfaces' own link addresses, where the kernel itself told them.
  private var told: [InterfaceIndex: LinkAddressHistory] = [:]
  /// Which interfaces could carry frames, and which families were forwarded, as the kernel told.
  private var carries: [InterfaceIndex: SwitchHistory] = [:]
  private var forwards: [IPFamily: SwitchHistory] = [:]
  /// Interfaces that are inside a container's namespace.
  private var inside: Set<InterfaceIndex> = []
  /// By which interface requests to a server left last.
  private var waysOut: [IPAddress: InterfaceIndex] = [:]
  private var latestWayOut: (server: IPAddress, interface: InterfaceIndex)?
  /// The Internet address whose link address a client asked for last.
  private var nextHops: [IPAddress: IPAddress] = [:]
  private var owners: [IPAddress: LinkAddressHistory] = [:]
  private var localServers: Set<IPAddress> = []
  private var remoteServers: Set<IPAddress> = []
  private var latest: (server: IPAddress, isLocal: Bool)?

  /// What an interface is.
  public func role(of interface: InterfaceIndex) -> Role {
    let place = place(interface)
    let out = place.translated + place.routed
    if out > place.last + place.between { return .uplink }
    if place.between > place.last { return .bridge }
    return place.last > 0 ? .port : .unknown
  }

  /// Whether an interface is a bridge, as far as is known.
  public var knowsBridge: Bool {
    places.indices.contains { role(of: InterfaceIndex(UInt32($0))) == .bridge }
  }

  /// Whether requests that leave by an interface get another source there.
  public func translates(at interface: InterfaceIndex) -> Bool { place(interface).translated > 0 }

  /// The link addresses from which answers came to clients at an interface.
  public func senders(at interface: InterfaceIndex) -> LinkAddressHistory { place(interface).senders }

  /// The Internet address whose link address a client asked for: its gateway, or a server on its subnet.
  public func nextHop(of client: IPAddress) -> IPAddress? { nextHops[client] }

  /// The link addresses that claimed an Internet address.
  public func owners(of address: IPAddress) -> LinkAddressHistory { owners[address] ?? LinkAddressHistory() }

  /// Whether a server is this host itself: its answers never came from outside. Nil if it never answered.
  public func isLocal(_ server: IPAddress) -> Bool? {
    if remoteServers.contains(server) { return false }
    return localServers.contains(server) ? true : nil
  }

  /// When an interface gave up a link address before a moment, as the kernel told, and for which it did; the latest if
  /// several did, nil if none did or if it has it again by then.
  ///
  /// A notification is noticed a little after the change, so one that comes within `slack` after the moment counts.
  ///
  /// - Parameter interface: only this one; nil for any of the host's.
  public func departure(
    of address: MACAddress,
    before time: Timestamp,
    at interface: InterfaceIndex?,
    slack: Duration = .milliseconds(50)
  ) -> (interface: InterfaceIndex, change: LinkAddressHistory.Change)? {
    var latest: (interface: InterfaceIndex, change: LinkAddressHistory.Change)?
    for (place, history) in told where (interface ?? place) == place && !inside.contains(place) {
      guard let last = history.changes.lastIndex(where: { $0.time <= time + slack }), last > 0,
        history.changes[last].address != address,
        let left = history.changes[..<last].lastIndex(where: { $0.address == address })
      else { continue }
      let change = history.changes[left + 1]
      if latest.map({ $0.change.time < change.time }) ?? true { latest = (place, change) }
    }
    return latest
  }

  /// Whether anything was seen or told of interfaces outside of containers, where some are inside.
  public var looksOutside: Bool { told.keys.contains { !inside.contains($0) } }

  /// Whether an interface is inside a container's namespace, where that was told.
  public func isInside(_ interface: InterfaceIndex) -> Bool { !inside.isEmpty && inside.contains(interface) }

  /// Whether this host forwarded a family's packets at a moment; nil where nobody told, or where it was switched about
  /// then: it is looked at now and then only.
  public func forwards(_ family: IPFamily, at time: Timestamp) -> Bool? {
    guard let history = forwards[family], let isOn = history.isOn(at: time) else { return nil }
    return history.isOn(at: time + Self.betweenLooks) == isOn ? isOn : nil
  }

  /// The interface by which requests to a server leave, if it could carry nothing at a moment, as the kernel told.
  public func deadUplink(to server: IPAddress, at time: Timestamp) -> InterfaceIndex? {
    waysOut[server].flatMap { carries[$0]?.isOn(at: time) == false ? $0 : nil }
  }

  /// Settings are looked at this often at the least.
  private static let betweenLooks = Duration.milliseconds(150)

  /// Changes of the link address that a next hop of clients had: which address, from when, and both link addresses.
  public var nextHopChanges: [(address: IPAddress, from: MACAddress, change: LinkAddressHistory.Change)] {
    Set(nextHops.values).flatMap { address -> [(IPAddress, MACAddress, LinkAddressHistory.Change)] in
      let changes = owners(of: address).changes
      return zip(changes, changes.dropFirst()).map { (address, $0.address, $1) }
    }.sorted { ($0.2.time, $0.0.description) < ($1.2.time, $1.0.description) }
  }

  private func place(_ interface: InterfaceIndex) -> Place {
    let index = Int(interface.rawValue)
    return index < places.count ? places[index] : Place()
  }

  // MARK: - Learning

  /// An answer was seen on its way to a client.
  @inline(__always)
  mutating func note(_ answer: Hop) {
    grow(to: answer.place)
    if let sender = answer.linkSource {
      places[Int(answer.place.rawValue)].senders.add(sender, at: answer.time)
    }
  }

  /// An answer to a client was seen at an interface, and later at another.
  mutating func noteBetween(_ interface: InterfaceIndex) { places[Int(interface.rawValue)].between += 1 }

  /// A request was seen leaving the host.
  mutating func noteWayOut(at interface: InterfaceIndex, to server: IPAddress, isTranslated: Bool) {
    grow(to: interface)
    // Nearly always the one before.
    if latestWayOut?.interface != interface || latestWayOut?.server != server {
      latestWayOut = (server, interface)
      if waysOut[server] != nil || waysOut.count < Self.most { waysOut[server] = interface }
    }
    if isTranslated {
      places[Int(interface.rawValue)].translated += 1
    } else {
      places[Int(interface.rawValue)].routed += 1
    }
  }

  /// An answer was seen at an interface and nowhere nearer to its client.
  mutating func noteLast(_ interface: InterfaceIndex) { places[Int(interface.rawValue)].last += 1 }

  /// Takes in whether requests to a server that answered were seen leaving the host.
  mutating func learn(_ server: IPAddress, isLocal: Bool) {
    // Nearly always the one before.
    if let latest, latest.server == server, latest.isLocal == isLocal { return }
    latest = (server, isLocal)
    if isLocal {
      if localServers.count < Self.most { localServers.insert(server) }
    } else if remoteServers.count < Self.most {
      remoteServers.insert(server)
    }
  }

  /// Takes in a packet of ARP or neighbour discovery.
  mutating func learn(_ resolution: Sighting.Resolution, _ sighting: Sighting) {
    guard let link = resolution.senderLink ?? sighting.linkSource else { return }
    // An advertisement's subject is its target; who sent it is often a link-local address.
    let owner = resolution.isReply && resolution.sender.family == .v6 ? resolution.target : resolution.sender
    if !owner.isUnspecified, owners[owner] != nil || owners.count < Self.most {
      owners[owner, default: LinkAddressHistory()].add(link, at: sighting.time)
    }
    guard !resolution.isReply, !resolution.sender.isUnspecified, resolution.sender != resolution.target,
      nextHops[resolution.sender] != nil || nextHops.count < Self.most
    else { return }
    nextHops[resolution.sender] = resolution.target
  }

  /// Takes in an interface's own link address, as the kernel told it.
  mutating func learn(_ address: MACAddress, of interface: InterfaceIndex, at time: Timestamp) {
    guard told[interface] != nil || told.count < Self.most else { return }
    told[interface, default: LinkAddressHistory()].add(address, at: time)
  }

  /// Takes in that an interface is inside a container.
  mutating func learn(inside interface: InterfaceIndex) { inside.insert(interface) }

  /// Takes in that an interface is gone: what never changed says nothing about the past.
  mutating func forget(_ interface: InterfaceIndex) {
    if let history = told[interface], history.changes.count < 2 { told[interface] = nil }
    if carries[interface]?.isConstant == true { carries[interface] = nil }
    inside.remove(interface)
  }

  /// Takes in whether an interface could carry frames, as the kernel told it.
  mutating func learn(carries isOn: Bool, at interface: InterfaceIndex, _ time: Timestamp) {
    guard carries[interface] != nil || carries.count < Self.most else { return }
    carries[interface, default: SwitchHistory()].add(isOn, at: time)
  }

  /// Takes in whether packets of a family were forwarded.
  mutating func learn(forwards isOn: Bool, _ family: IPFamily, _ time: Timestamp) {
    forwards[family, default: SwitchHistory()].add(isOn, at: time)
  }

  private mutating func grow(to interface: InterfaceIndex) {
    while places.count <= Int(interface.rawValue) { places.append(Place()) }
  }
}
