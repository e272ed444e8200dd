import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check container-mac-dup` {
  let id = "container-mac-dup"

  @Test func `two containers with one MAC fail, and both are named`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "eth0", in: "other") { $0.address = MACAddress(0x4e00_0000_0002) }
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .warning)
    #expect(finding.summary.contains("build and other"))
    #expect(finding.evidence.count == 2)
  }

  @Test func `the engine's word is taken where the namespace can't be looked at`() {
    var world = SnapshotWorld.dockerHost
    world.edit("other") { $0.links = .unreadable(reason: "not permitted") }
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
    world.edit(engine: SnapshotWorld.secondEngine) { $0.containers = .unreadable(reason: "no answer") }
    let result = world.result(id, "bridge:brci0")
    #expect(result?.status == .unknown)
    #expect(result?.why.contains("other") == true)
  }

  @Test func `one container has nobody to share with`() {
    #expect(SnapshotWorld.dockerHost.result(id, "bridge:docker0")?.status == .notApplicable)
  }
}

@Suite struct `Check veth-mac-rewritten-by-udev` {
  let id = "veth-mac-rewritten-by-udev"

  @Test func `udev changing ports' MACs under a bridge without its own fails`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { $0.addressAssignment = .value(.random) }
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.contains { $0.value.contains("99-default.link") })
    #expect(world.result(id, "bridge:docker0")?.status == .passed)
  }

  @Test func `nothing changes them without udev, or with a policy that leaves veths alone`() {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { $0.addressAssignment = .value(.random) }
    let own = LinkPolicy(
      file: "/etc/systemd/network/10-veth.link",
      match: ["Driver": "veth"],
      link: ["MACAddressPolicy": "none"]
    )
    var quiet = world
    quiet.snapshot.management.linkPolicies = .value([own, SnapshotWorld.defaultPolicy])
    #expect(quiet.result(id, "bridge:brci0")?.status == .passed)
    #expect(quiet.result(id, "bridge:brci0")?.why.contains("10-veth.link") == true)
    world.snapshot.machine.udevRuns = .value(false)
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `it can't be told without the policies`() {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { $0.addressAssignment = .value(.random) }
    world.snapshot.management.linkPolicies = .unreadable(reason: "not permitted")
    #expect(world.result(id, "bridge:brci0")?.status == .unknown)
  }

  @Test func `a container with another MAC than its engine noted fails`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "eth0", in: "build") { $0.address = MACAddress(0x4e00_0000_0999) }
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.summary.contains("build"))
  }

  @Test func `a bridge without veths isn't meant`() {
    var world = SnapshotWorld.dockerHost
    world.edit(link: world.port(of: "web")) { $0.master = nil }
    #expect(world.result(id, "bridge:docker0")?.status == .notApplicable)
  }
}

@Suite struct `Check bridge-mac-cloned` {
  let id = "bridge-mac-cloned"

  @Test func `somebody else with the bridge's MAC fails`() throws {
    var world = SnapshotWorld.labHost
    let own = try #require(world.link("br0")?.address)
    world.addNeighbour("172.18.0.9", at: own, on: "br0")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.contains { $0.value.contains("172.18.0.9") })

    var twin = SnapshotWorld.labHost
    twin.edit(link: "eth0", in: "other") { $0.address = own }
    #expect(twin.findings(id).first?.evidence.contains { $0.source.contains("other") } == true)
  }

  @Test func `two bridges with one MAC fail only if they are connected`() throws {
    var world = SnapshotWorld.labHost
    let own = try #require(world.link("br0")?.address)
    world.add(SnapshotWorld.bridge("br1", index: 50, address: own))
    #expect(world.findings(id).isEmpty)
    world.add(
      SnapshotWorld.veth(
        "tie0",
        index: 51,
        address: MACAddress(0xf200_0000_0001),
        peer: 52,
        in: world.host,
        master: world.index("br0")
      )
    )
    world.add(
      SnapshotWorld.veth(
        "tie1",
        index: 52,
        address: MACAddress(0xf200_0000_0002),
        peer: 51,
        in: world.host,
        master: world.index("br1")
      )
    )
    #expect(world.findings(id).count == 2)
    #expect(world.findings(id).first?.remedies.first?.commands.contains { $0.contains("\(own)") } == false)
  }

  @Test func `an entry that isn't used, or a table that can't be read`() throws {
    var world = SnapshotWorld.labHost
    let own = try #require(world.link("br0")?.address)
    world.addNeighbour("172.18.0.9", at: own, on: "br0", state: "FAILED")
    #expect(world.results(id).map(\.status) == [.passed])
    world.edit { $0.neighbours = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a bridge that has no MAC yet isn't meant`() {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") { $0.address = .zero }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check bridge-mac-policy-gap` {
  let id = "bridge-mac-policy-gap"

  /// brci0's file says nothing about a MAC, and udev's policy is another.
  private func world(policy: String?, mac: String? = nil) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.snapshot.management.interfaces = world.snapshot.management.interfaces.map { all in
      all.map { configured in
        var configured = configured
        configured.settings["mac"] = mac
        return configured
      }
    }
    var own = SnapshotWorld.defaultPolicy
    own.link["MACAddressPolicy"] = policy
    world.snapshot.management.linkPolicies = .value([own])
    return world
  }

  @Test(arguments: ["none", nil]) func `a MAC that nothing sets at the next boot fails`(policy: String?)
    throws
  {
    let finding = try #require(world(policy: policy).result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .warning)
    #expect(finding.remedies.allSatisfy { $0.kind == .persistent })
    #expect(finding.evidence.contains { $0.source == "/etc/network/interfaces.d/ci:2" })
  }

  @Test func `a bridge that udev pins, or whose file has a MAC, passes`() {
    let pinned = world(policy: "persistent").result(id, "bridge:brci0")
    #expect(pinned?.status == .passed)
    #expect(pinned?.why.contains("99-default.link") == true)
    let written = world(policy: "none", mac: "02:42:c1:00:00:01").result(id, "bridge:brci0")
    #expect(written?.status == .passed)
    #expect(written?.why.contains("interfaces.d/ci:2") == true)
    #expect(world(policy: "none").result(id, "bridge:docker0")?.status == .passed)
  }

  @Test func `a bridge whose MAC isn't its own now is another check's`() {
    var world = world(policy: "persistent")
    world.edit(link: "brci0") { $0.addressAssignment = .value(.random) }
    #expect(world.result(id, "bridge:brci0")?.status == .notApplicable)
  }

  @Test func `it can't be told without knowing about udev, and udev doesn't act in other namespaces`() {
    var blind = world(policy: "none")
    blind.snapshot.machine.udevRuns = .unreadable(reason: "no /proc")
    #expect(blind.result(id, "bridge:brci0")?.status == .unknown)
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.notApplicable])
  }
}
