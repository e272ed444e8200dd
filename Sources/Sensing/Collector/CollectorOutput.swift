internal import NetworkTypes
public import Observation

/// Reads what `CollectorScript` prints. Pure; hostile text is an error, or has the values that it has.
public enum CollectorOutput {
  /// What the first line begins with.
  public static let mark = "KINGPOST-COLLECTOR"

  /// Whether these are the collector's, by their beginning.
  public static func isRecognised(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array(mark.utf8)) }

  /// The snapshot. Throws if it is another version's, or ends too early.
  public static func snapshot(_ bytes: [UInt8]) throws(CollectorError) -> Snapshot {
    try snapshot(CollectorSections(String(decoding: bytes, as: UTF8.self)).all)
  }

  private static func snapshot(_ sections: [CollectorSections.Section]) throws(CollectorError) -> Snapshot {
    let groups = grouped(sections)
    let parts = CollectedParts(groups.machine)
    for name in ["hostname", "boot_id", "osrelease", "time", "uptime", "namespaces"]
    where parts.line(name) == nil {
      throw CollectorError("the section \(name) is missing or empty; collect it again")
    }
    let kernel = parts.line("osrelease") ?? ""
    let hasOtherHost = knowsOtherHost(kernel: kernel, program: parts.line("ip_version") ?? "")
    let processes = CollectedProcesses(parts)
    let collected = groups.namespaces.map {
      CollectedNamespace($0.id, $0.sections, hasOtherHost: hasOtherHost)
    }
    let engines = groups.engines.map {
      CollectedEngine.engine($0.pid, CollectedParts($0.sections), processes)
    }
    let own = number(parts, "own ")
    let first = number(parts, "first ")
    let privileges = parts.line("user").map { $0 == "0" ? "root" : "uid \($0)" } ?? "unknown"
    let origin = SnapshotOrigin(
      tool: "kingpost collector 1",
      host: parts.line("hostname") ?? "",
      bootId: parts.line("boot_id") ?? "",
      kernel: kernel,
      time: parts.line("time") ?? "",
      uptime: parts.line("uptime").flatMap { Double($0.prefix { $0 != " " }) } ?? 0,
      namespace: own,
      privileges: privileges,
      complete: true,
      blindSpots: []
    )
    var namespaces = CollectedChoice(
      collected,
      machine: first.isEmpty ? own : first,
      engines: engines,
      processes: processes,
      mounts: parts.lines("mounts"),
      resolver: parts.text("resolver_file")
    ).namespaces
    CollectedPeers.connect(
      &namespaces,
      Dictionary(collected.map { ($0.id, $0.links) }) { first, _ in first }
    )
    CollectedChoice.prune(&namespaces, engines)
    var blindSpots = [
      "engines other than Docker (Podman, containerd, libvirt, LXC): the collector doesn't ask them"
    ]
    if !hasOtherHost {
      blindSpots.append(
        "frames dropped as somebody else's (rx_otherhost_dropped): Linux or iproute2 is too old"
      )
    }
    return SnapshotSensor.assemble(
      origin,
      machine: CollectedMachine.machine(parts),
      namespaces: namespaces,
      engines: engines,
      management: CollectedMachine.management(
        parts,
        groups.machine,
        processes.byNamespace[first.isEmpty ? own : first] ?? []
      ),
      blindSpots: blindSpots
    )
  }

  private struct Groups {
    var machine: [CollectorSections.Section] = []
    var namespaces: [(id: String, sections: [CollectorSections.Section])] = []
    var engines: [(pid: Int32, sections: [CollectorSections.Section])] = []
  }

  private static func grouped(_ sections: [CollectorSections.Section]) -> Groups {
    var groups = Groups()
    for section in sections {
      if section.name == "namespace" {
        // One that could be entered, and wasn't there any more a moment later, is told twice.
        groups.namespaces.removeAll { $0.id == section.argument }
        groups.namespaces.append((section.argument, [section]))
      } else if section.name == "engine" {
        groups.engines.append((Int32(section.argument) ?? 0, []))
      } else if !groups.engines.isEmpty {
        groups.engines[groups.engines.count - 1].sections.append(section)
      } else if !groups.namespaces.isEmpty {
        groups.namespaces[groups.namespaces.count - 1].sections.append(section)
      } else {
        groups.machine.append(section)
      }
    }
    return groups
  }

  private static func number(_ parts: CollectedParts, _ prefix: String) -> String {
    let line = parts.lines("namespaces").first { $0.hasPrefix(prefix) } ?? ""
    return String(line.filter { ("0"..."9").contains($0) })
  }

  /// Linux has the counter since 5.19, iproute2 prints it since the same version, if it isn't 0.
  private static func knowsOtherHost(kernel: String, program: String) -> Bool {
    func version(_ text: Substring) -> (Int, Int) {
      let numbers = text.split { !("0"..."9").contains($0) }.prefix(2).map { Int($0) ?? 0 }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
    }
    guard let mark = program.firstRange(of: "iproute2-") else { return false }
    return version(kernel[...]) >= (5, 19) && version(program[mark.upperBound...]) >= (5, 19)
  }
}
