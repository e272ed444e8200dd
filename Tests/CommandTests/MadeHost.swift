import Foundation
import NetworkTypes
import Observation

/// A host made of values: docker0, which dockerd made, and a hand-made bridge that a second dockerd was given.
enum MadeHost {
  /// The state. `hasTwins` gives a second namespace a bridge, and both daemons a container, of the same names.
  static func snapshot(isPinned: Bool = false, hasTwins: Bool = false) -> Snapshot {
    var namespaces = [machine(isPinned: isPinned)]
    if hasTwins {
      namespaces.append(
        NamespaceSnapshot(id: "7", role: .host, name: "lab", links: .value([bridge("br-ci", 9, .set)]))
      )
    }
    return Snapshot(
      origin: SnapshotOrigin(
        tool: "kingpost 0.1.0",
        host: "ci1",
        bootId: "b",
        kernel: "6.18",
        time: "2026-11-23T04:05:06.000000007Z",
        uptime: 1,
        namespace: "1",
        privileges: "root",
        complete: true,
        blindSpots: []
      ),
      machine: MachineSnapshot(),
      namespaces: namespaces,
      engines: [
        engine("/run/docker.sock", "docker0", [:], hasTwins ? "build" : "controller", namespace: nil),
        engine("/run/docker2.sock", "br-ci", ["bridge": "\"br-ci\""], "build", namespace: "2"),
      ],
      management: ManagementSnapshot()
    )
  }

  private static func bridge(_ name: String, _ index: UInt32, _ assignment: AddressAssignment) -> LinkSnapshot
  {
    LinkSnapshot(
      index: InterfaceIndex(index),
      name: name,
      kind: "bridge",
      address: MACAddress(0x0200_0000_0000 + UInt64(index)),
      addressAssignment: .value(assignment),
      bridge: ["stp_state": "0", "forward_delay": "1500"]
    )
  }

  private static func machine(isPinned: Bool) -> NamespaceSnapshot {
    let port = LinkSnapshot(
      index: InterfaceIndex(5),
      name: "veth1",
      kind: "veth",
      address: MACAddress(0x0200_0000_0004),
      addressAssignment: .value(.random),
      master: InterfaceIndex(4),
      peer: PeerSnapshot(index: InterfaceIndex(2), namespace: "2"),
      port: ["state": "3"]
    )
    return NamespaceSnapshot(
      id: "1",
      role: .machine,
      name: "machine",
      links: .value([bridge("docker0", 3, .set), bridge("br-ci", 4, isPinned ? .set : .random), port]),
      settings: ["net.ipv4.ip_forward": .value("1")]
    )
  }

  private static func engine(
    _ socket: String,
    _ bridge: String,
    _ settings: [String: String],
    _ container: String,
    namespace: String?
  ) -> EngineSnapshot {
    EngineSnapshot(
      id: "docker:\(socket)",
      kind: .docker,
      process: ProcessSnapshot(pid: 1, name: "dockerd"),
      namespace: "1",
      sockets: [socket],
      version: .value("27.0"),
      settings: .value(settings),
      networks: .value([EngineNetwork(id: "n", name: "bridge", driver: "bridge", bridge: bridge)]),
      containers: .value([EngineContainer(id: "c\(socket)", name: container, pid: 9, namespace: namespace)])
    )
  }
}

/// A folder that is gone when its owner is.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "kingpost-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }

  /// Writes a file, and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// Writes a snapshot, and gives its path.
  func file(_ name: String, _ snapshot: Observation.Snapshot) throws -> String {
    try file(name, snapshot.json())
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
