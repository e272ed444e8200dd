internal import NetworkConfiguration
internal import Observation

/// What the collector printed about the whole machine.
enum CollectedMachine {
  /// The machine.
  static func machine(_ parts: CollectedParts) -> MachineSnapshot {
    let found = parts.settings("machine_settings")
    var settings: [String: Reading<String>] = [:]
    for name in SnapshotSettings.ofMachine {
      settings[name] = found[name.replacing(".", with: "/")].map { Reading.value($0) } ?? .absent
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

  /// What configures the network, from the files that were printed, as the live machine's are read.
  static func management(
    _ parts: CollectedParts,
    _ sections: [CollectorSections.Section],
    _ machine: [ProcessSnapshot]
  ) -> ManagementSnapshot {
    var tree = MemoryTree()
    for section in sections where section.name == "managed" {
      let link = "link: "
      switch (section.text, section.reason) {
      case (_, let reason?) where reason.hasPrefix(link):
        tree.link(section.argument, to: String(reason.dropFirst(link.count)))
      case (.text(let text), _): tree[section.argument] = text.isEmpty ? "" : text + "\n"
      case (.unreadable(let reason), _): tree.add(section.argument, unreadable: reason)
      case (.absent, _): break
      }
    }
    for (path, name) in [
      ("/etc/resolv.conf", "resolver_file"), ("/run/systemd/resolve/resolv.conf", "resolved_file"),
    ] {
      switch parts.text(name) {
      case .value(let text): tree[path] = text + "\n"
      case .unreadable(let reason): tree.add(path, unreadable: reason)
      case .absent: break
      }
    }
    let names = Set(machine.map(\.name))
    let running = ManagementSnapshot.Manager.allCases.filter { manager in
      switch manager {
      case .networkd: names.contains("systemd-network")
      case .networkManager: names.contains("NetworkManager")
      case .ifupdown, .netplan: false
      }
    }
    return ManagementSnapshot(from: tree, running: .value(running))
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
