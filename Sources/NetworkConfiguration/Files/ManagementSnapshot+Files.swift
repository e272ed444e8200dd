public import Observation

extension ManagementSnapshot {
  /// Reads the files of all managers, of udev's link policies, of sysctl and of the resolvers.
  ///
  /// What netplan had generated is no manager's own: it is left out, and what it says beyond netplan's own file is
  /// added to netplan's interface.
  ///
  /// - Parameter running: the managers that run as processes (networkd and NetworkManager).
  public init(from tree: any FileTree, running: Reading<[Manager]>) {
    var files = FileGathering(tree)
    let ifupdown = IfupdownFiles(from: &files).interfaces()
    let networkd = NetworkdFiles(from: &files, of: .networkd).interfaces(&files)
    let networkManager = NetworkManagerFiles(from: &files).interfaces()
    let netplan = NetplanFiles(from: &files).interfaces()
    var used: [Manager] = []
    if ifupdown.contains(where: { $0.name != "lo" }) { used.append(.ifupdown) }
    if !netplan.isEmpty || files.unreadable.contains(where: { $0.contains("/netplan/") }) {
      used.append(.netplan)
    }
    let isUnsure = files.unreadable.contains { $0.contains("/etc/network/") }
    let managers = running.map { running in
      Manager.allCases.filter { running.contains($0) || used.contains($0) }
    }
    let all = Self.merged(ifupdown + networkd + networkManager, netplan)

    var links = FileGathering(tree)
    let policies = NetworkdFiles(from: &links, of: .udev).linkPolicies(&links)
    var boot = FileGathering(tree)
    let settings = SysctlFiles(from: &boot).settings
    let (resolver, mistakes) = Self.resolver(tree)
    self.init(
      managers: isUnsure ? files.reading(managers.value ?? []) : managers,
      interfaces: files.reading(all),
      linkPolicies: links.reading(policies),
      bootSettings: boot.reading(settings),
      resolverFiles: resolver,
      mistakes: (files.mistakes + links.mistakes + boot.mistakes + mistakes).map(\.description)
    )
  }

  /// Everything but what netplan generated for interfaces of its own.
  private static func merged(_ others: [ConfiguredInterface], _ netplan: [ConfiguredInterface])
    -> [ConfiguredInterface]
  {
    var netplan = netplan
    let kept = others.filter { other in
      let isGenerated =
        other.file.hasPrefix("/run/systemd/network/10-netplan-")
        || other.file.hasPrefix("/run/NetworkManager/system-connections/netplan-")
      guard isGenerated, let place = netplan.firstIndex(where: { $0.name == other.name }) else { return true }
      netplan[place].settings.merge(other.settings.filter { $0.key != "profile" }) { own, _ in own }
      return false
    }
    return kept + netplan
  }

  private static func resolver(_ tree: any FileTree) -> ([String: Reading<String>], [ConfigurationMistake]) {
    let own = "/etc/resolv.conf"
    let other = ["/run/systemd/resolve/resolv.conf", "/run/systemd/resolve/stub-resolv.conf"]
    var readings: [String: Reading<String>] = [:]
    var mistakes: [ConfigurationMistake] = []
    for path in [own] + other {
      let reading = tree.file(at: path)
      if case .absent = reading, path != own { continue }
      readings[path] = reading.map { String(decoding: $0.bytes, as: UTF8.self) }
      if path == own, let file = reading.value {
        mistakes = ResolverConfiguration(file.bytes, file: path).mistakes
      }
    }
    readings.merge(ResolvedFiles.read(from: tree)) { own, _ in own }
    readings.merge(DnsmasqFiles.read(from: tree)) { own, _ in own }
    return (readings, mistakes)
  }
}

extension FileGathering {
  /// The value, or unreadable if some file couldn't be read: then nobody knows what it would have said.
  func reading<Value>(_ value: Value) -> Reading<Value> {
    unreadable.isEmpty ? .value(value) : .unreadable(reason: unreadable.joined(separator: "; "))
  }
}
