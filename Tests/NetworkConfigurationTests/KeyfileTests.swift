import NetworkConfiguration
import Observation
import Testing

@Suite struct KeyfileTests {
  private static let bridge = """
    # a bridge
    [connection]
    id=Build bridge
    uuid=6d09e2d9-6c3f-4651-a663-58366eccbdf4
    type=bridge
    interface-name=brci0

    [802-3-ethernet]
    cloned-mac-address=02:42:C1:00:00:01
    mtu=1400

    [bridge]
    stp=false
    forward-delay=2

    [ipv4]
    method=manual
    address1=10.201.0.1/24,10.201.0.254
    address2=10.202.0.1/24
    dns=192.0.2.1;192.0.2.2;

    [ipv6]
    method=disabled

    """

  @Test func `a bridge in the terms that all managers share`() throws {
    var tree = MemoryTree()
    let folder = "/etc/NetworkManager/system-connections/"
    tree.add(folder + "jci.nmconnection", Self.bridge, permissions: 0o600)
    tree.add(
      folder + "port",
      "[connection]\nid=p\ntype=ethernet\ninterface-name=eth1\nmaster=6d09e2d9-6c3f-4651-a663-58366eccbdf4\n"
        + "slave-type=bridge\n",
      permissions: 0o600
    )
    var files = FileGathering(tree)
    let interfaces = NetworkManagerFiles(from: &files).interfaces()
    #expect(files.mistakes.isEmpty)
    let bridge = try #require(interfaces.first)
    #expect(bridge.name == "brci0" && bridge.kind == "bridge" && bridge.line == 2)
    let expected = [
      "profile": "Build bridge", "mac": "02:42:c1:00:00:01", "mtu": "1400", "stp": "no", "forward-delay": "2",
      "address": "10.201.0.1/24 10.202.0.1/24", "gateway": "10.201.0.254", "dns": "192.0.2.1 192.0.2.2",
      "method": "manual", "method6": "disabled", "dhcp": "no", "ports": "eth1",
    ]
    #expect(bridge.settings == expected)
    #expect(interfaces.map(\.name) == ["brci0", "eth1"])
  }

  @Test func `files that others may read, or that aren't root's, are ignored as NetworkManager does`() {
    var tree = MemoryTree()
    let folder = "/etc/NetworkManager/system-connections/"
    tree.add(folder + "open.nmconnection", Self.bridge, permissions: 0o644)
    tree.add(folder + "mine.nmconnection", Self.bridge, permissions: 0o600, owner: 1000)
    tree.add(folder + ".hidden", Self.bridge, permissions: 0o600)
    tree.add(folder + "backup~", Self.bridge, permissions: 0o600)
    tree.add(folder + "half.AbC123", Self.bridge, permissions: 0o600)
    tree.add("/run/NetworkManager/system-connections/no-suffix", Self.bridge, permissions: 0o600)
    var files = FileGathering(tree)
    #expect(NetworkManagerFiles(from: &files).connections.isEmpty)
    #expect(
      files.mistakes.map(\.file).sorted() == [folder + "mine.nmconnection", folder + "open.nmconnection"]
    )
  }

  @Test func `a file that GLib refuses is read on, and each line is named`() {
    let file = Keyfile(Array("a=b\n[x\n[c]\nd = e\\sf\\n \n=g\nword\n[c]\nh=1\n".utf8), file: "f")
    #expect(file.mistakes.map(\.line) == [1, 2, 5, 6])
    #expect(file.text(["c"], "d") == "e f\n")
    #expect(file.text(["z", "c"], "h") == "1")
  }

  @Test func `devices that NetworkManager leaves alone`() {
    let tree = MemoryTree([
      "/etc/NetworkManager/conf.d/10.conf":
        "[keyfile]\nunmanaged-devices=interface-name:veth*;interface-name:=br[0];except:interface-name:br-1;mac:02:42:c1:00:00:01\n",
      "/etc/NetworkManager/conf.d/20.conf": "[device-x]\nmatch-device=interface-name:~docker*\nmanaged=0\n",
    ])
    var files = FileGathering(tree)
    let entries = NetworkManagerFiles(from: &files).interfaces()
    #expect(entries.map(\.name) == ["veth*", "br[0]", "br-1", "*", "docker*"])
    #expect(entries.map(\.isPattern) == [true, false, false, true, true])
    #expect(entries.map { $0.settings["unmanaged"] } == ["yes", "yes", "no", "yes", "yes"])
    #expect(entries[3].settings["match"] == "mac:02:42:c1:00:00:01")
    #expect(entries.map(\.line) == [2, 2, 2, 2, 3])
  }
}
