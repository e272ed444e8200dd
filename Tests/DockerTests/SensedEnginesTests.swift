import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Observation
import Sensing
import Testing

/// Real dockerds, sensed.
@Suite(.serialized, .enabled(if: EngineHost.obstacle == nil, "\(EngineHost.obstacle ?? "")"))
struct SensedEnginesTests {
  @Test func `both daemons are sensed with their flags, networks, containers and namespaces`() throws {
    let host = try EngineHost()
    let controller = try host.main.startContainer(
      "controller",
      "-e",
      "TOKEN=hunter2",
      "--label",
      "team=hunter2",
      "-p",
      "8053:53/udp"
    )
    let build = try host.second.startContainer("build-1", "--dns", "192.0.2.53")
    try host.second.startContainer("build-2")
    try host.second.startContainer("plain", "--network", "host")
    let engines = EngineSensor.sense()
    #expect(!"\(engines)".contains("hunter2"))
    let identity = "\(host.namespace.identity)"

    let main = try #require(engines.first { $0.id == "docker:" + host.main.socket })
    #expect(main.kind == .docker)
    #expect(main.process?.pid == host.main.pid)
    #expect(main.process?.name == "dockerd")
    #expect(main.namespace == identity)
    #expect(main.sockets == [host.main.socket])
    #expect(main.version.value?.isEmpty == false)
    #expect(!main.isNested && !main.isRootless)
    let settings = try #require(main.settings.value)
    #expect(settings["bridge"] == nil && settings["iptables"] == nil)
    #expect(settings["data-root"]?.hasSuffix("/main/data\"") == true)
    let usual = try #require(main.networks.value?.first { $0.isDefault })
    #expect(usual.bridge == "docker0")
    #expect(usual.pools.map(\.subnet) == [IPPrefix("172.17.0.0/16")])
    let contained = try #require(main.containers.value)
    #expect(contained.map(\.name) == ["controller"])
    #expect(contained[0].id == controller)
    #expect(contained[0].publishedPorts == ["udp/8053"])
    #expect(contained[0].endpoints.map(\.network) == ["bridge"])

    let second = try #require(engines.first { $0.id == "docker:" + host.second.socket })
    #expect(second.namespace == identity)
    #expect(second.configurationFile == host.second.configurationFile)
    #expect(second.settings.value?["bridge"] == "\"brci0\"")
    #expect(second.settings.value?["iptables"] == "false")
    #expect(second.settings.value?["userland-proxy"] == "false")
    let given = try #require(second.networks.value?.first { $0.isDefault })
    #expect(given.bridge == "brci0")
    #expect(given.pools.map(\.gateway) == [IPAddress("10.201.0.1")])
    let builds = try #require(second.containers.value)
    #expect(Set(builds.map(\.name)) == ["build-1", "build-2", "plain"])
    #expect(builds.first { $0.name == "build-1" }?.id == build)
    #expect(builds.first { $0.name == "build-1" }?.dns == ["192.0.2.53"])
    #expect(builds.first { $0.name == "plain" }?.namespace == identity)
    for container in contained + builds where container.name != "plain" { try expectOwnNamespace(container) }
    let all = (contained + builds).compactMap(\.namespace)
    #expect(Set(all).count == 4)
  }

  /// The namespace that a container is said to have is the one with its address in it.
  private func expectOwnNamespace(_ container: EngineContainer) throws {
    let namespace = try NetworkNamespace.open("/proc/\(container.pid)/ns/net")
    #expect(container.namespace == "\(namespace.identity)")
    let inside = try NetlinkConnection(in: namespace).addresses().compactMap(\.prefix)
    let said = container.endpoints.flatMap(\.addresses)
    #expect(!said.isEmpty)
    #expect(Set(said).isSubset(of: Set(inside)), "\(container.name): \(said) is not in \(inside)")
  }

  @Test func `a daemon that is stopped is given up, and the other one is still asked`() throws {
    let host = try EngineHost()
    try host.main.startContainer("controller")
    try host.second.startContainer("build-1")
    try host.second.pause()
    defer { host.second.resume() }
    let start = ContinuousClock.now
    let engines = EngineSensor.sense(timeLimit: .milliseconds(500))
    #expect(.now - start < .seconds(2))
    let main = try #require(engines.first { $0.id == "docker:" + host.main.socket })
    #expect(main.containers.value?.map(\.name) == ["controller"])
    let second = try #require(engines.first { $0.id == "docker:" + host.second.socket })
    #expect(second.settings.value?["bridge"] == "\"brci0\"")
    for reason in [second.version.reason, second.networks.reason, second.containers.reason] {
      #expect(reason?.contains("no answer within 0.5 seconds") == true)
    }
  }

  @Test func `a configuration file that was broken since is named with its line`() throws {
    let host = try EngineHost()
    try TextFile.write("{\n  \"iptables\": false,\n}\n", to: host.second.configurationFile)
    let engines = EngineSensor.sense()
    let second = try #require(engines.first { $0.id == "docker:" + host.second.socket })
    #expect(second.settings.reason?.hasPrefix(host.second.configurationFile + ":3: ") == true)
    #expect(second.networks.value?.contains { $0.bridge == "brci0" } == true)
  }

  /// The only engine in a namespace, started so, with one container in it.
  private func sensed(_ start: RealEngine.Start) throws -> (engine: EngineSnapshot, real: RealEngine) {
    let folder = try EngineFolder()
    defer { folder.delete() }
    let namespace = try NetworkNamespace.make()
    let real = RealEngine("lone", in: folder, start)
    defer { real.stop() }
    try real.start(in: namespace)
    try real.startContainer("inner")
    let engines = EngineSensor.sense().filter { $0.namespace == "\(namespace.identity)" }
    #expect(engines.count == 1)
    let engine = try #require(engines.first)
    let container = try #require(engine.containers.value?.first)
    #expect(container.name == "inner")
    try expectOwnNamespace(container)
    return (engine, real)
  }

  @Test func `a daemon that has namespaces of its own for processes and mounts is reached through its root`()
    throws
  {
    let (engine, real) = try sensed(.nested)
    #expect(engine.isNested)
    let pid = try #require(engine.process?.pid)
    #expect(pid != real.pid)
    #expect(engine.sockets == ["/proc/\(pid)/root" + real.socket])
    #expect(engine.id == "docker:" + engine.sockets[0])
  }

  @Test func `a daemon's socket that was given to it is found by its descriptor`() throws {
    let (engine, real) = try sensed(.activated)
    #expect(!engine.isNested)
    #expect(engine.settings.value?["hosts"] == #"["fd://"]"#)
    #expect(engine.sockets == [real.socket])
  }

  @Test func `a stopped host leaves nothing behind`() throws {
    let host = try EngineHost()
    try host.main.startContainer("controller")
    try host.second.startContainer("plain", "--network", "host")
    let (folder, pids) = (host.folder.path, [host.main.pid, host.second.pid])
    let container = try #require(
      EngineSensor.sense().first { $0.id == "docker:" + host.second.socket }?.containers.value?.first?.pid
    )
    host.stop()
    #expect(throws: SystemError.self) { try Directory.names(folder) }
    #expect(!(try TextFile.read("/proc/self/mounts")).contains(folder))
    for pid in pids + [container] {
      #expect(throws: SystemError.self) { try TextFile.read("/proc/\(pid)/cmdline") }
    }
  }
}

extension Reading {
  /// Why it couldn't be read, if it couldn't.
  fileprivate var reason: String? {
    if case .unreadable(let reason) = self { reason } else { nil }
  }
}
