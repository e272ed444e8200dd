public import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
internal import Nftables
public import Observation
internal import SystemPackage

/// Reads the state of one network namespace, again and again. It changes nothing.
///
/// A reader belongs to one thread at a time. On a thread of `NamespaceThread` a reading takes no thread of
/// its own.
public final class NamespaceReader {
  private let namespace: NetworkNamespace
  private let connection: NetlinkConnection
  private let sysfs: Result<DetachedMount, any Error>

  /// A reader of a namespace. Where sysfs can't be mounted, who chose a link address is unreadable.
  public init(_ namespace: NetworkNamespace) throws {
    self.namespace = namespace
    connection = try NetlinkConnection(in: namespace)
    sysfs = Result { try DetachedMount.sysfs(of: namespace) }
  }

  /// The namespace's state now.
  ///
  /// - Parameters:
  ///   - settings: names below /proc/sys, such as "net.ipv4.ip_forward"; with slashes where an interface's
  ///     name has a dot.
  ///   - includesRuleset: whether the nftables ruleset is read too.
  public func read(settings: [String] = [], includesRuleset: Bool = true) throws -> NamespaceState {
    let time = Timestamp.now()
    let links = try connection.links().sorted { $0.index < $1.index }
    let states = links.map { LinkState($0, addressAssignment: addressAssignment(of: $0)) }
    let neighbours = try connection.neighbours().compactMap { NeighbourEntry($0) }
    var addresses: [InterfaceIndex: [IPPrefix]] = [:]
    for address in try connection.addresses() {
      if let prefix = address.prefix { addresses[address.index, default: []].append(prefix) }
    }
    let texts = try namespace.perform {
      Texts(settings: settings, includesRuleset: includesRuleset)
    }
    return NamespaceState(
      time: time,
      links: states,
      neighbours: neighbours,
      settings: texts.settings,
      ruleset: texts.ruleset,
      counters: texts.counters,
      addresses: addresses,
      legacyTables: texts.legacyTables,
      routing: includesRuleset ? try routing() : nil
    )
  }

  private func routing() throws -> RoutingState {
    RoutingState(
      rules: try connection.rules().compactMap { RuleSnapshot($0) },
      routes: try connection.routes().compactMap { Observation.RouteSnapshot($0) }
    )
  }

  /// What sysfs says about a link, if it still means the same one.
  private func addressAssignment(of link: Link) -> Reading<AddressAssignment> {
    guard let name = link.name else { return .unreadable(reason: "the link has no name") }
    do {
      let sysfs = try sysfs.get()
      guard try sysfs.read("class/net/\(name)/ifindex") == link.index.description else {
        return .unreadable(reason: "\(name) is another link in sysfs than in rtnetlink")
      }
      let number = UInt8(try sysfs.read("class/net/\(name)/addr_assign_type"))
      guard let assignment = number.flatMap(AddressAssignment.init) else {
        return .unreadable(reason: "addr_assign_type of \(name) is unknown")
      }
      return .value(assignment)
    } catch {
      return .unreadable(reason: "\(error)")
    }
  }
}

/// What has to be read on a thread that is in the namespace.
private struct Texts: Sendable {
  let settings: [String: Reading<String>]
  let ruleset: Reading<String>
  let legacyTables: [String: Reading<String>]
  let counters: [String: UInt64]

  init(settings names: [String], includesRuleset: Bool) {
    settings = Dictionary(names.map { ($0, Self.setting($0)) }) { $1 }
    ruleset = includesRuleset ? Self.readRuleset() : .unreadable(reason: "it was not asked for")
    legacyTables = includesRuleset ? LegacyTables.read(counters: false) : [:]
    var counters: [String: UInt64] = [:]
    for name in ["snmp", "netstat"] {
      counters.merge(ProtocolCounters.parsePairs(Self.file(name))) { $1 }
    }
    // Without IPv6 there is no such file.
    counters.merge(ProtocolCounters.parseList(Self.file("snmp6"))) { $1 }
    // Without connection tracking neither.
    let tracking = Self.file("stat/nf_conntrack")
    counters.merge(ProtocolCounters.parseTable(tracking, group: "Conntrack")) { $1 }
    self.counters = counters
  }

  private static func file(_ name: String) -> String {
    (try? TextFile.read("/proc/thread-self/net/\(name)")) ?? ""
  }

  private static func setting(_ name: String) -> Reading<String> {
    do {
      return .value(try Sysctl.read(name))
    } catch {
      return error.errno == .noSuchFileOrDirectory ? .absent : .unreadable(reason: "\(error)")
    }
  }

  private static func readRuleset() -> Reading<String> {
    do {
      return .value(try Nftables.ruleset())
    } catch {
      return .unreadable(reason: "\(error)")
    }
  }
}
