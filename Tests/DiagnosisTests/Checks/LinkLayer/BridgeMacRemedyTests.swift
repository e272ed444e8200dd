import Diagnosis
import NetworkTypes
import Observation
import Testing

/// The files that make a bridge's MAC its own, for whoever manages the bridge.
@Suite struct BridgeMacRemedyTests {
  private let id = "bridge-mac-unstable"

  /// The remedies that last, for a bridge that these entries configure.
  private func lasting(_ entries: [ConfiguredInterface]) throws -> [Remedy] {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { link in
      link.addressAssignment = .value(.random)
      link.address = MACAddress(0x0242_c100_0001)
    }
    world.snapshot.management.interfaces = .value(entries)
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    return finding.remedies.filter { $0.kind == .persistent }
  }

  private func entry(
    _ manager: ManagementSnapshot.Manager,
    _ file: String,
    _ settings: [String: String] = [:]
  ) -> ConfiguredInterface {
    ConfiguredInterface(manager: manager, name: "brci0", file: file, line: 1, settings: settings)
  }

  @Test func `a bridge that no file names gets a policy of udev's`() throws {
    let remedies = try lasting([])
    #expect(remedies.flatMap(\.files).map(\.path) == ["/etc/systemd/network/10-brci0.link"])
  }

  @Test func `ifupdown's stanza makes the bridge if it comes first`() throws {
    let remedies = try lasting([entry(.ifupdown, "/etc/network/interfaces")])
    let file = try #require(remedies.first?.files.first)
    #expect(file.path == "/etc/network/interfaces.d/brci0-mac")
    #expect(file.content.contains("pre-up ip link show dev brci0 >/dev/null 2>&1 || ip link add"))
    #expect(file.content.contains("pre-up ip link set dev brci0 address 02:42:c1:00:00:01"))
  }

  @Test func `networkd's drop-in belongs to the network file, which acts on a bridge that exists`() throws {
    let folder = "/etc/systemd/network/"
    let both = [entry(.networkd, folder + "30-ci.netdev"), entry(.networkd, folder + "30-ci.network")]
    let remedies = try lasting(both)
    #expect(remedies.count == 1)
    #expect(remedies.first?.files.map(\.path) == [folder + "30-ci.network.d/90-mac.conf"])
    #expect(remedies.first?.files.map(\.content) == ["[Link]\nMACAddress=02:42:c1:00:00:01\n"])
    let device = try lasting([entry(.networkd, folder + "30-ci.netdev")])
    #expect(device.first?.files.map(\.path) == [folder + "30-ci.netdev.d/90-mac.conf"])
  }

  @Test func `NetworkManager's connection is called by its own id`() throws {
    let remedies = try lasting([entry(.networkManager, "/etc/x.nmconnection", ["profile": "CI bridge"])])
    let command =
      "nmcli connection modify id 'CI bridge' 802-3-ethernet.cloned-mac-address 02:42:c1:00:00:01"
    #expect(remedies.first?.commands == [command])
  }

  @Test func `netplan's file is for root alone`() throws {
    let remedies = try lasting([entry(.netplan, "/etc/netplan/01.yaml")])
    #expect(remedies.first?.commands == ["chmod 600 /etc/netplan/99-brci0-mac.yaml", "netplan apply"])
    #expect(
      remedies.first?.files.first?.content.contains("brci0: {macaddress: \"02:42:c1:00:00:01\"}") == true
    )
  }
}
