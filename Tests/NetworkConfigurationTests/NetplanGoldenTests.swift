import NetworkConfiguration
import Observation
import Testing

/// What netplan generates, beside what we say its files mean.
@Suite struct NetplanGoldenTests {
  /// Terms that netplan adds, or writes for networkd and NetworkManager only.
  private static let added: Set = [
    "configure-without-carrier", "link-local", "bridge", "renderer", "profile", "method", "method6", "match",
  ]

  @Test(arguments: GoldenCase.all("netplan")) func `what netplan generates says the same`(
    _ golden: GoldenCase
  ) {
    var files = FileGathering(golden.tree)
    let ours = NetplanFiles(from: &files).interfaces()
    #expect(files.mistakes.isEmpty)

    var generated = MemoryTree()
    for (path, text) in GoldenCase.blocks(golden.golden.joined(separator: "\n")) {
      generated.add(path, text, permissions: 0o600)
    }
    var output = FileGathering(generated)
    let theirs =
      NetworkdFiles(from: &output, of: .networkd).interfaces(&output)
      + NetworkManagerFiles(from: &output).interfaces()
    #expect(output.mistakes.isEmpty)
    #expect(Set(ours.map(\.name)) == Set(theirs.map(\.name)))
    for interface in ours {
      var expected: [String: String] = [:]
      for other in theirs where other.name == interface.name {
        expected.merge(other.settings) { _, new in new }
      }
      expected = expected.filter { !Self.added.contains($0.key) }
      // netplan says "no" to NetworkManager where its file says nothing.
      if interface.settings["dhcp"] == nil { expected["dhcp"] = nil }
      #expect(interface.settings.filter { !Self.added.contains($0.key) } == expected, "\(interface.name)")
    }
  }

  @Test func `the bridge's manager is netplan, not what it generates for`() throws {
    let golden = try #require(GoldenCase.all("netplan").first)
    var tree = golden.tree
    for (path, text) in GoldenCase.blocks(golden.golden.joined(separator: "\n")) {
      tree.add(path, text, permissions: 0o600)
    }
    let snapshot = ManagementSnapshot(from: tree, running: .value([.networkd]))
    #expect(snapshot.managers == .value([.networkd, .netplan]))
    let bridge = (snapshot.interfaces.value ?? []).filter { $0.name == "br0" }
    #expect(bridge.map(\.manager) == [.netplan])
    #expect(bridge.first?.settings["configure-without-carrier"] == "yes")
    #expect(bridge.first?.settings["mac"] == "02:42:c1:00:00:01")
    #expect(bridge.first?.settings["ports"] == "eth0 eth1")
  }
}
