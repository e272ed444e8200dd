internal import NetworkTypes
internal import Observation

/// Compares two bridges.
struct BridgeComparison {
  let left: BridgeView
  let leftHost: HostView
  let right: BridgeView
  let rightHost: HostView

  func run(into collector: inout DifferenceCollector) {
    collector.compare(
      left.link.addressAssignment,
      right.link.addressAssignment,
      "bridge",
      "who chose its MAC",
      .macAssignment,
      words: { $0.words }
    )
    collector.compare(owner(left), owner(right), "bridge", "whose it is", .owner)
    link(&collector)
    for name in Set((left.link.bridge ?? [:]).keys).union((right.link.bridge ?? [:]).keys).sorted() {
      guard let significance = Significance.bridgeOption(name) else { continue }
      collector.compare(left.link.bridge?[name], right.link.bridge?[name], "bridge", name, significance)
    }
    settings(&collector)
    ports(&collector)
    rules(&collector)
    containers(&collector)
    engines(&collector)
    management(&collector)
  }

  private func link(_ collector: inout DifferenceCollector) {
    collector.compare(left.link.mtu.map { "\($0)" }, right.link.mtu.map { "\($0)" }, "bridge", "mtu", .mtu)
    LinkFlags.compare(left.link, right.link, "bridge", &collector)
    collector.compare(
      left.link.transmitQueueLength.map { "\($0)" },
      right.link.transmitQueueLength.map { "\($0)" },
      "bridge",
      "length of the transmit queue",
      .queue
    )
    func families(_ bridge: BridgeView) -> String {
      let families = Set(bridge.gateways.map(\.address.family))
      return (families.contains(.v4) ? ["IPv4"] : []).joined() + (families.contains(.v6) ? " IPv6" : "")
    }
    collector.compare(families(left), families(right), "bridge", "it has addresses of", .families)
  }

  /// Whose a bridge is, in words that are the same for bridges of one kind.
  private func owner(_ bridge: BridgeView) -> String {
    if let engine = bridge.givenTo.first { return "made by somebody, and given to \(engine.kind.rawValue)" }
    if let (engine, _) = bridge.networks.first { return "made by \(engine.kind.rawValue)" }
    return bridge.configured.first.map { "\($0.manager.rawValue)'s" } ?? "nobody's that is known"
  }

  private func settings(_ collector: inout DifferenceCollector) {
    for pattern in SnapshotSettings.ofInterface {
      guard let significance = Significance.setting(pattern) else { continue }
      collector.compare(
        left.namespace.settings[SnapshotSettings.key(pattern, interface: left.name)],
        right.namespace.settings[SnapshotSettings.key(pattern, interface: right.name)],
        "bridge",
        pattern.replacing("/", with: "."),
        significance,
        words: { $0 }
      )
    }
    guard left.namespace.id != right.namespace.id || leftHost.snapshot != rightHost.snapshot else { return }
    SettingsComparison.compare(left.namespace.settings, right.namespace.settings, "host", &collector) {
      !$0.contains("IF") && SnapshotSettings.ofNamespace.contains($0)
    }
  }

  /// The ports' options: what values occur, for ports come and go.
  private func ports(_ collector: inout DifferenceCollector) {
    func values(_ ports: [LinkSnapshot], _ name: String) -> String? {
      let values = Set(ports.compactMap { $0.port?[name] }).sorted()
      return values.isEmpty ? nil : values.joined(separator: ", ")
    }
    // Of a bridge without ports nothing can be told.
    guard !left.ports.isEmpty, !right.ports.isEmpty else { return }
    let names = Set((left.ports + right.ports).flatMap { ($0.port ?? [:]).keys })
    for name in names.sorted() {
      guard let significance = Significance.portOption(name) else { continue }
      collector.compare(values(left.ports, name), values(right.ports, name), "ports", name, significance)
    }
    func lengths(_ ports: [LinkSnapshot]) -> String {
      Set(ports.compactMap(\.mtu)).sorted().map(String.init).joined(separator: ", ")
    }
    collector.compare(lengths(left.ports), lengths(right.ports), "ports", "mtu", .mtu)
  }

  private func rules(_ collector: inout DifferenceCollector) {
    func lines(_ bridge: BridgeView) -> Reading<[RulesetLines.Line]> {
      do { return .value(try RulesetLines(bridge.namespace).lines) } catch {
        return .unreadable(reason: error.what)
      }
    }
    guard let (leftLines, rightLines) = collector.both(lines(left), lines(right), "firewall rules", none: [])
    else { return }
    func about(_ lines: [RulesetLines.Line], _ bridge: BridgeView, isMasquerade: Bool) -> [String] {
      lines.filter { $0.isMasquerade == isMasquerade }.compactMap { $0.about(bridge) }
    }
    func translates(_ lines: [RulesetLines.Line], _ bridge: BridgeView) -> String {
      about(lines, bridge, isMasquerade: true).isEmpty ? "no rule names it" : "a rule of its own"
    }
    let (before, after) = (translates(leftLines, left), translates(rightLines, right))
    collector.compare(before, after, "firewall", "translation of its containers' addresses", .masquerade)
    if before == after {
      collector.compareSets(
        about(leftLines, left, isMasquerade: true),
        about(rightLines, right, isMasquerade: true),
        "firewall",
        "rules that translate its containers' addresses",
        .rules
      )
    }
    collector.compareSets(
      about(leftLines, left, isMasquerade: false),
      about(rightLines, right, isMasquerade: false),
      "firewall",
      "rules that name it or its subnet",
      .rules
    )
  }

  private func containers(_ collector: inout DifferenceCollector) {
    func values(_ bridge: BridgeView, _ value: (ContainerView) -> String?) -> String? {
      let values = Set(bridge.containers.compactMap(value)).sorted()
      return values.isEmpty ? nil : values.joined(separator: "; ")
    }
    func servers(_ container: ContainerView) -> String? {
      container.inside?.resolver.value.map { text in
        ResolverLines.significant(text).joined(separator: ", ")
      }
    }
    guard !left.containers.isEmpty, !right.containers.isEmpty else { return }
    collector.compare(
      values(left, servers),
      values(right, servers),
      "containers",
      "resolver configuration",
      .resolver
    )
    func length(_ container: ContainerView) -> String? { container.interface?.mtu.map { "\($0)" } }
    collector.compare(values(left, length), values(right, length), "containers", "mtu", .mtu)
  }

  private func engines(_ collector: inout DifferenceCollector) {
    guard let (leftEngine, leftNetwork) = left.networks.first,
      let (rightEngine, rightNetwork) = right.networks.first
    else { return }
    EngineComparison.compareNetworks(leftNetwork, rightNetwork, "network", &collector)
    if leftEngine != rightEngine { EngineComparison.compare(leftEngine, rightEngine, "engine", &collector) }
  }

  private func management(_ collector: inout DifferenceCollector) {
    func words(_ bridge: BridgeView) -> [String] {
      bridge.configured.flatMap { configured in
        configured.settings.filter { !["address", "mac", "ports"].contains($0.key) }.sorted {
          $0.key < $1.key
        }.map {
          "\(configured.manager.rawValue) \($0.key)=\($0.value)"
        }
      }
    }
    collector.compareSets(words(left), words(right), "files", "what they say about it", .management)
  }
}

extension AddressAssignment {
  /// In words, with the kernel's number.
  var words: String {
    let words =
      switch self {
      case .permanent: "the hardware"
      case .random: "nobody: it has the smallest MAC of its ports, or a random one"
      case .stolen: "it was taken from another interface"
      case .set: "somebody set it, and it stays"
      }
    return "\(words) (addr_assign_type \(rawValue))"
  }
}
