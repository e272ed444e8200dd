import Diagnosis
import NetworkTypes
import Observation
import Testing

/// A healthy host made up for a test of checks, to be damaged by it.
///
/// Nothing here says what is wrong with a host: it holds only what a collector would have read. `dockerHost` and
/// `labHost` begin with one on which every check passes or doesn't apply.
struct SnapshotWorld {
  /// What the checks read.
  var snapshot: Snapshot
  /// The id of the namespace that the bridges are in.
  let host: String

  /// What a check says about it.
  func results(_ id: String) -> [CheckResult] { Checks.named(id)?.examine(HostView(snapshot)) ?? [] }

  /// What a check says about one subject, such as "bridge:brci0".
  func result(_ id: String, _ subject: String) -> CheckResult? {
    results(id).first { $0.subject.description == subject }
  }

  /// What a check finds wrong.
  func findings(_ id: String) -> [Finding] { results(id).compactMap(\.finding) }

  /// The ids of all checks that find something of severity warning or above, once each, by the catalogue's order.
  var alarms: [String] {
    var seen: Set<String> = []
    return Audit(snapshot).results.filter { $0.status == .failed && $0.severity >= .warning }.map(\.id).filter
    {
      seen.insert($0).inserted
    }
  }

  // MARK: Namespaces

  /// A namespace by its name or id.
  func namespace(_ name: String) -> NamespaceSnapshot? {
    snapshot.namespaces.first { $0.name == name || $0.id == name }
  }

  /// Changes a namespace, the host's own if none is named.
  mutating func edit(_ name: String? = nil, _ change: (inout NamespaceSnapshot) -> Void) {
    let name = name ?? host
    for position in snapshot.namespaces.indices
    where snapshot.namespaces[position].name == name || snapshot.namespaces[position].id == name {
      change(&snapshot.namespaces[position])
    }
  }

  /// Sets a sysctl by its name with dots.
  mutating func set(_ setting: String, _ value: String, in name: String? = nil) {
    edit(name) { $0.settings[setting] = .value(value) }
  }

  /// Makes a sysctl unreadable, or absent.
  mutating func set(_ setting: String, _ reading: Reading<String>, in name: String? = nil) {
    edit(name) { $0.settings[setting] = reading }
  }

  /// Gives a namespace another firewall, as `nft list ruleset` prints it.
  mutating func setRuleset(_ text: String, in name: String? = nil) {
    edit(name) { $0.nftables = .value(text) }
  }

  // MARK: Interfaces

  /// An interface by its name.
  func link(_ interface: String, in name: String? = nil) -> LinkSnapshot? {
    namespace(name ?? host)?.links.value?.first { $0.name == interface }
  }

  /// An interface's number; 0 if there is none of that name.
  func index(_ interface: String, in name: String? = nil) -> InterfaceIndex {
    link(interface, in: name)?.index ?? InterfaceIndex(0)
  }

  /// Changes an interface.
  mutating func edit(link interface: String, in name: String? = nil, _ change: (inout LinkSnapshot) -> Void) {
    edit(name) { namespace in
      namespace.links = namespace.links.map { links in
        links.map { link in
          guard link.name == interface else { return link }
          var link = link
          change(&link)
          return link
        }
      }
    }
  }

  /// Adds an interface, with its settings; its number is the next free one unless it has one.
  mutating func add(_ link: LinkSnapshot, addresses: [String] = [], in name: String? = nil) {
    edit(name) { namespace in
      namespace.links = namespace.links.map { $0 + [link] }
      let added = addresses.compactMap(IPPrefix.init).map {
        AddressSnapshot(interface: link.index, prefix: $0, scope: $0.address.isLinkLocal ? "link" : "global")
      }
      namespace.addresses = namespace.addresses.map { $0 + added }
      for (key, value) in Self.settings(ofInterface: link.name) where namespace.settings[key] == nil {
        namespace.settings[key] = .value(value)
      }
      let connected = added.compactMap { address -> RouteSnapshot? in
        guard !address.prefix.address.isLinkLocal else { return nil }
        return RouteSnapshot(
          destination: address.prefix.network,
          interface: link.index,
          source: address.prefix.address,
          origin: "kernel",
          scope: "link"
        )
      }
      namespace.routes = namespace.routes.map { $0 + connected }
    }
  }

  /// Takes all addresses of a family from an interface, and what was routed by them.
  mutating func removeAddresses(_ family: IPFamily, from interface: String, in name: String? = nil) {
    let index = index(interface, in: name)
    edit(name) { namespace in
      namespace.addresses = namespace.addresses.map { addresses in
        addresses.filter { $0.interface != index || $0.prefix.address.family != family }
      }
      namespace.routes = namespace.routes.map { routes in
        routes.filter { $0.interface != index || $0.destination.address.family != family }
      }
    }
  }

  /// Adds a route.
  mutating func addRoute(
    _ destination: String,
    via gateway: String? = nil,
    by interface: String,
    origin: String = "boot",
    metric: UInt32? = nil,
    in name: String? = nil
  ) {
    guard let prefix = IPPrefix(destination) else { return }
    let route = RouteSnapshot(
      destination: prefix,
      gateway: gateway.flatMap { IPAddress($0) },
      interface: index(interface, in: name),
      origin: origin,
      metric: metric
    )
    edit(name) { $0.routes = $0.routes.map { $0 + [route] } }
  }

  /// Adds a neighbour entry.
  mutating func addNeighbour(
    _ address: String,
    at linkAddress: MACAddress?,
    on interface: String,
    state: String = "REACHABLE",
    in name: String? = nil
  ) {
    guard let address = IPAddress(address) else { return }
    let entry = NeighbourSnapshot(
      interface: index(interface, in: name),
      address: address,
      linkAddress: linkAddress,
      state: state
    )
    edit(name) { namespace in
      namespace.neighbours = namespace.neighbours.map { entries in
        entries.filter { $0.interface != entry.interface || $0.address != entry.address } + [entry]
      }
    }
  }

  // MARK: Engines

  /// An engine by its id.
  func engine(_ id: String) -> EngineSnapshot? { snapshot.engines.first { $0.id == id } }

  /// Changes an engine.
  mutating func edit(engine id: String, _ change: (inout EngineSnapshot) -> Void) {
    for position in snapshot.engines.indices where snapshot.engines[position].id == id {
      change(&snapshot.engines[position])
    }
  }

  /// Sets a setting of an engine, as JSON text.
  mutating func set(engine id: String, _ setting: String, _ json: String?) {
    edit(engine: id) { engine in
      engine.settings = engine.settings.map { settings in
        var settings = settings
        settings[setting] = json
        return settings
      }
    }
  }
}

/// A whole snapshot is no name for a test's case.
extension SnapshotWorld: CustomTestStringConvertible {
  /// The host's name for a person.
  var testDescription: String { snapshot.engines.isEmpty ? "a lab host" : "a Docker host" }
}
