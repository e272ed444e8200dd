internal import NetworkConfiguration
public import Observation

/// Reads who manages the machine's network, and what their files say.
public enum ManagementSensor {
  /// Reads the files below a root, and which managers run according to its /proc.
  public static func sense(root: String = "/") -> ManagementSnapshot {
    let tree = DirectoryTree(root: root)
    return ManagementSnapshot(from: tree, running: running(in: tree))
  }

  /// The managers' processes by their short names, of which the kernel keeps 15 octets.
  private static let processes: [String: ManagementSnapshot.Manager] = [
    "systemd-network": .networkd, "NetworkManager": .networkManager,
  ]

  /// The managers that run in the network namespace of the machine's first process; one whose namespace may not be
  /// looked at counts as well. Without /proc, as in an image, none runs.
  static func running(in tree: DirectoryTree) -> Reading<[ManagementSnapshot.Manager]> {
    let machine = tree.target(of: "/proc/1/ns/net")
    return tree.names(in: "/proc").map { names in
      var running: Set<ManagementSnapshot.Manager> = []
      for name in names where name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        // A process that is gone by now is none that runs.
        guard let file = tree.file(at: "/proc/\(name)/comm").value else { continue }
        var comm = String(decoding: file.bytes, as: UTF8.self)
        if comm.hasSuffix("\n") { comm.removeLast() }
        guard let manager = processes[comm] else { continue }
        let namespace = tree.target(of: "/proc/\(name)/ns/net")
        if machine == nil || namespace == nil || namespace == machine { running.insert(manager) }
      }
      return ManagementSnapshot.Manager.allCases.filter { running.contains($0) }
    }.orNone
  }
}

extension Reading where Value == [ManagementSnapshot.Manager] {
  /// An absent list is an empty one.
  fileprivate var orNone: Self { if case .absent = self { .value([]) } else { self } }
}
