import Diagnosis
import Foundation
import Glibc
import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Testing

/// What a snapshot knows through processes, and what it may not know.
@Suite struct SnapshotProcessTests {
  @Test func `sockets that answer lookups are listed with their process`() throws {
    let fixture = try SnapshotFixture()
    let address = SocketAddress(.v4(IPv4Address(172, 30, 0, 2)), port: 53)
    let socket = try fixture.containers[0].perform {
      let socket = try InternetSocket(.udp, .v4)
      try socket.bind(address)
      return socket
    }
    var targets = fixture.targets
    let own = ProcessSnapshot(pid: getpid(), name: "tests")
    targets[1] = SensedNamespace(fixture.containers[0], role: .container, name: "dns", processes: [own])
    let snapshot = try SnapshotSensor.sense(targets, tool: "test", privileges: "root")
    withExtendedLifetime(socket) {
      #expect(
        snapshot.namespaces[1].listeners
          == .value([
            ListenerSnapshot(transport: "udp", address: address.address, port: 53, drops: 0, process: own)
          ])
      )
    }
    #expect(snapshot.namespaces[0].listeners == .value([]))
    #expect(snapshot.namespaces[2].listeners == .value([]))
  }

  @Test func `the live machine's hosts and containers are found by their processes`() throws {
    let fixture = try SnapshotFixture()
    let unrelated = try NetworkNamespace.make()
    let found = try NamespaceThread.run {
      let inside = [fixture.host, fixture.containers[0], unrelated]
      let children = try inside.map { try ChildProcess("/bin/sleep", ["60"], in: $0) }
      defer { for child in children { child.terminate() } }
      // A child is where it belongs as soon as it runs the program.
      try Self.until {
        children.allSatisfy { (try? TextFile.read("/proc/\($0.identifier)/comm")) == "sleep" }
      }
      let container = EngineContainer(
        id: "c",
        name: "build",
        pid: children[1].identifier,
        namespace: "\(fixture.containers[0].identity)"
      )
      let snapshot = try SnapshotSensor.live(
        tool: "test",
        engines: { _ in [EngineSnapshot(id: "e", kind: .docker, containers: .value([container]))] },
        management: { ManagementSnapshot() }
      )
      return (snapshot, children.map(\.identifier))
    }
    let (snapshot, children) = found
    func namespace(_ wanted: NetworkNamespace) -> NamespaceSnapshot? {
      snapshot.namespaces.first { $0.id == "\(wanted.identity)" }
    }
    #expect(snapshot.namespaces.first?.role == .machine)
    let host = try #require(namespace(fixture.host))
    #expect(host.role == .host)
    #expect(host.name == "pid \(children[0]) (sleep)")
    let container = try #require(namespace(fixture.containers[0]))
    #expect(container.role == .container)
    #expect(container.name == "build")
    #expect(container.processes.map(\.pid) == [children[1]])
    #expect(container.resolver == snapshot.namespaces.first?.resolver)
    // Its processes run in this machine's own root, where the tests themselves run.
    let isMusl = (try? Directory.names("/lib"))?.contains { $0.hasPrefix("ld-musl-") } == true
    #expect(container.systemLibrary == .value(isMusl ? "musl" : "glibc"))
    let port = host.links.value?.first { $0.name == "v0" }
    #expect(port?.peer?.namespace == container.id)
    // A namespace without bridge and engine, and one that no process and no mount holds.
    #expect(namespace(unrelated) == nil)
    #expect(namespace(fixture.containers[1]) == nil)
    #expect(snapshot.engines.map(\.id) == ["e"])
  }

  @Test(
    .enabled(if: Program.find("dnsmasq") != nil, "dnsmasq is not installed"),
    arguments: [(20, CheckResult.Status.failed), (1000, .passed)]
  )
  func `a dnsmasq is known with the options that matter, and no others, live and by the collector`(
    limit: Int,
    status: CheckResult.Status
  ) throws {
    let fixture = try SnapshotFixture()
    let program = try #require(Program.find("dnsmasq"))
    let expected = [
      "--conf-file=/dev/null", "--bind-interfaces", "--interface=br0", "--dns-forward-max=\(limit)",
    ]
    let (pid, live, collected) = try NamespaceThread.run {
      let child = try ChildProcess(
        program,
        [
          "-kC", "/dev/null", "-zi", "br0", "--dns-forward-max", "\(limit)", "-R", "-S",
          "/secret.example/192.0.2.1", "--pid-file=",
        ],
        in: fixture.host
      )
      defer { child.terminate() }
      try Self.until {
        try fixture.host.perform { try TextFile.read("/proc/thread-self/net/udp") }.contains(":0035 ")
      }
      let live = try SnapshotSensor.live(
        tool: "test",
        engines: { _ in [] },
        management: { ManagementSnapshot() }
      )
      return (child.identifier, live, try Self.collected(in: fixture.host))
    }
    for snapshot in [live, collected] {
      let host = try #require(snapshot.namespaces.first { $0.id == "\(fixture.host.identity)" })
      let process = try #require(host.processes.first { $0.pid == pid })
      #expect(process.arguments == expected)
      // So it is known as the owner of its sockets, by which the check finds it.
      #expect(host.listeners.value?.contains { $0.process == process && $0.port == 53 } == true)
      // The script ran in it, and may take it for the machine's own.
      let subject = host.role == .machine ? Subject.host : .namespace(host.name)
      let results = Audit(snapshot).results.filter { $0.id == "dnsmasq-forward-max" && $0.subject == subject }
      #expect(results.map(\.status) == [status])
    }
  }

  @Test(.enabled(if: Privileges.isInInitialUserNamespace, "other users' ids are needed"))
  func `as another user, what takes root is unreadable and not absent`() async {
    await #expect(processExitsWith: .success) {
      let fixture = try SnapshotFixture()
      let snapshot = try NamespaceThread.run {
        try fixture.host.perform {
          try #require(setgid(65_534) == 0)
          try #require(setuid(65_534) == 0)
          return try SnapshotSensor.sense(
            Array(fixture.targets.prefix(2)),
            tool: "test",
            privileges: "uid 65534"
          )
        }
      }
      let own = snapshot.namespaces[0]
      #expect(own.links.value?.count == 4)
      #expect(own.addresses.value?.isEmpty == false)
      #expect(own.forwarding.value?.isEmpty == false)
      #expect(own.settings["net.ipv4.ip_forward"]?.value != nil)
      #expect(own.counters.value?["Icmp.InEchos"] == 0)
      #expect(own.nftables.isUnreadable)
      #expect(own.legacyTables["iptables"]?.isUnreadable == true)
      #expect(own.links.value?.allSatisfy(\.addressAssignment.isUnreadable) == true)
      let other = snapshot.namespaces[1]
      #expect(other.links.isUnreadable)
      #expect(other.nftables.isUnreadable)
      #expect(other.settings["net.ipv4.ip_forward"]?.isUnreadable == true)
      #expect(!snapshot.origin.complete)
      #expect(snapshot.origin.blindSpots.contains { $0.contains("nftables") })
    }
  }
}

extension SnapshotProcessTests {
  /// Waits until something is so, for at most five seconds.
  private static func until(_ isSo: @escaping () throws -> Bool) throws {
    let loop = try EventLoop()
    func look() throws {
      if try isSo() { loop.stop() } else { loop.schedule(after: .milliseconds(1)) { try look() } }
    }
    loop.schedule(after: .seconds(5)) { loop.stop() }
    loop.schedule(after: .zero) { try look() }
    try loop.run()
  }

  /// The machine as the collector's script sees it from a namespace.
  private static func collected(in namespace: NetworkNamespace) throws -> Snapshot {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "kingpost-script-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try CollectorScript.text.write(to: folder.appending(path: "script"), atomically: false, encoding: .utf8)
    let child = try ChildProcess(
      "/bin/sh",
      ["-c", "cd \(folder.path) && sh -s <script >output"],
      in: namespace
    )
    try #require(try child.waitForEnd() == 0)
    return try CollectorOutput.snapshot(Array(try Data(contentsOf: folder.appending(path: "output"))))
  }
}

extension Reading {
  fileprivate var isUnreadable: Bool { if case .unreadable = self { true } else { false } }
}
