internal import Observation

/// What the collector printed about the whole machine.
enum CollectedMachine {
  /// The machine.
  static func machine(_ parts: CollectedParts) -> MachineSnapshot {
    let found = parts.settings("machine_settings")
    var settings: [String: Reading<String>] = [:]
    for name in SnapshotSettings.ofMachine {
      settings[name] = found[name.replacing(".", with: "/")].map { .value($0) } ?? .absent
    }
    return MachineSnapshot(
      settings: settings,
      softnet: parts.text("softnet").map { KernelTables.softnet($0) },
      pressure: parts.text("pressure").map { KernelTables.pressure($0) },
      processors: parts.text("online").map { count($0) },
      modules: .value(parts.lines("modules").map(String.init)),
      hasModulesFolder: answer(parts, "modules_folder"),
      machineIdDigest: parts.text("machine_id"),
      udevRuns: answer(parts, "udev")
    )
  }

  /// What configures the network: the machine's resolver, and that the rest wasn't collected.
  static func management(_ parts: CollectedParts) -> ManagementSnapshot {
    let reason = "the collector doesn't read the network managers' files"
    return ManagementSnapshot(
      managers: .unreadable(reason: reason),
      interfaces: .unreadable(reason: reason),
      linkPolicies: .unreadable(reason: reason),
      bootSettings: .unreadable(reason: reason),
      resolverFiles: [
        "/etc/resolv.conf": parts.text("resolver_file"),
        "/run/systemd/resolve/resolv.conf": parts.text("resolved_file"),
      ]
    )
  }

  private static func answer(_ parts: CollectedParts, _ name: String) -> Reading<Bool> {
    parts.text(name).map { $0 == "yes" }
  }

  /// "0-3,6" are five.
  private static func count(_ text: String) -> Int {
    text.split(separator: ",").reduce(0) { sum, range in
      let ends = range.split(separator: "-").map { Int($0) ?? 0 }
      guard let first = ends.first, let last = ends.last, last >= first, last - first < 100_000 else {
        return sum
      }
      return sum + last - first + 1
    }
  }
}
