import NetworkConfiguration
import NetworkTypes
import Observation
import Testing

/// What is written says, read back beside what is there, what it is to say.
@Suite struct AddressPinTests {
  private let address = MACAddress(0x0242_c100_0001)

  private func pin(_ name: String = "br0") throws -> AddressPin {
    AddressPin(try #require(PlainInterfaceName(name)), address)
  }

  private func add(_ file: WrittenFile, to tree: inout MemoryTree) {
    tree.add(file.path, file.content, permissions: file.permissions)
  }

  @Test func `names that aren't plain are refused`() {
    for name in ["", "-x", ".", "..", "a b", "a;b", "br*", "a'b", "0123456789abcdef", "\u{e9}", "a\nb", "$x"]
    {
      #expect(PlainInterfaceName(name) == nil, "\(name)")
    }
    for name in ["br0", "br-0a1b2c3d4e5f", "eth0.100", "a_b", "0123456789abcde"] {
      #expect(PlainInterfaceName(name)?.description == name)
    }
  }

  @Test func `udev's policy comes before the distribution's, for this bridge only`() throws {
    var tree = MemoryTree([
      "/usr/lib/systemd/network/99-default.link":
        "[Match]\nOriginalName=*\n[Link]\nMACAddressPolicy=persistent\n"
    ])
    add(try pin().linkPolicy, to: &tree)
    var files = FileGathering(tree)
    let policies = NetworkdFiles(from: &files, of: .udev).linkPolicies(&files)
    #expect(files.mistakes.isEmpty && policies.count == 2)
    guard
      case .policy(let policy) = LinkPolicyMatch(of: LinkIdentity(name: "br0", kind: "bridge"), in: policies)
    else {
      Issue.record("no policy")
      return
    }
    #expect(policy.effect(on: .random) == .pins(address) && policy.effect(on: .set) == .pins(address))
    guard
      case .policy(let other) = LinkPolicyMatch(of: LinkIdentity(name: "br1", kind: "bridge"), in: policies)
    else {
      Issue.record("no policy")
      return
    }
    #expect(other.effect(on: .random) == .persists)
  }

  @Test(arguments: ["br0", "eth0.1"]) func `ifupdown merges the stanza, whichever file comes first`(
    _ name: String
  ) throws {
    let main = "iface \(name) inet static\n  address 10.0.0.1/24\n  bridge_ports none\n"
    for text in ["source interfaces.d/*\n" + main, main + "source-directory interfaces.d\n"] {
      var tree = MemoryTree(["/etc/network/interfaces": text])
      add(try pin(name).ifupdownBridgeStanza, to: &tree)
      var files = FileGathering(tree)
      let interfaces = IfupdownFiles(from: &files).interfaces()
      #expect(files.mistakes.isEmpty && interfaces.count == 1)
      #expect(interfaces.first?.kind == "bridge")
      #expect(interfaces.first?.settings["mac"] == "02:42:c1:00:00:01")
      #expect(interfaces.first?.settings["address"] == "10.0.0.1/24")
    }
  }

  @Test func `netplan merges the file`() throws {
    var tree = MemoryTree()
    tree.add(
      "/etc/netplan/50-x.yaml",
      "network:\n  bridges:\n    br0: {macaddress: \"02:42:c1:00:00:09\", mtu: 1400}\n",
      permissions: 0o600
    )
    add(try pin().netplanBridgeOverlay, to: &tree)
    var files = FileGathering(tree)
    let interfaces = NetplanFiles(from: &files).interfaces()
    #expect(files.mistakes.isEmpty)
    #expect(
      interfaces.map(\.settings) == [["mac": "02:42:c1:00:00:01", "mtu": "1400", "renderer": "networkd"]]
    )
  }

  @Test func `networkd merges the drop-ins`() throws {
    var tree = MemoryTree([
      "/run/systemd/network/30-br.netdev": "[NetDev]\nName=br0\nKind=bridge\nMACAddress=none\n",
      "/usr/lib/systemd/network/30-br.network": "[Match]\nName=br0\n[Network]\nDHCP=no\n",
    ])
    for path in ["/run/systemd/network/30-br.netdev", "/usr/lib/systemd/network/30-br.network"] {
      add(try #require(try pin().networkdDropIn(for: path)), to: &tree)
    }
    #expect(try pin().networkdDropIn(for: "/etc/x.link") == nil)
    var files = FileGathering(tree)
    let interfaces = NetworkdFiles(from: &files, of: .networkd).interfaces(&files)
    #expect(files.mistakes.isEmpty)
    #expect(interfaces.map { $0.settings["mac"] } == ["02:42:c1:00:00:01", "02:42:c1:00:00:01"])
  }

  @Test func `NetworkManager's connection`() throws {
    let name = try #require(PlainInterfaceName("brci0"))
    let prefix = try #require(IPPrefix("10.201.0.1/24"))
    let bridge = NetworkManagerBridge(
      name,
      uuid: "6d09e2d9-6c3f-4651-a663-58366eccbdf4",
      address: address,
      prefix: prefix
    )
    var tree = MemoryTree()
    add(bridge.file, to: &tree)
    var files = FileGathering(tree)
    let interfaces = NetworkManagerFiles(from: &files).interfaces()
    #expect(files.mistakes.isEmpty && interfaces.map(\.name) == ["brci0"])
    #expect(interfaces.first?.settings["mac"] == "02:42:c1:00:00:01")
    #expect(interfaces.first?.settings["address"] == "10.201.0.1/24")
    #expect(
      try pin().nmcliCommand(connection: "Mike's bridge")
        == "nmcli connection modify id 'Mike'\\''s bridge' 802-3-ethernet.cloned-mac-address 02:42:c1:00:00:01"
    )
  }
}
