import NetworkConfiguration
import Observation
import Testing

/// The terms that are the same for all managers.
@Suite struct InterfaceTermsTests {
  @Test func `ifupdown's stanzas of one interface are one`() throws {
    let tree = MemoryTree([
      "/etc/network/interfaces":
        "source interfaces.d/*\nauto br0\niface br0 inet static\n  address 10.0.0.1\n  netmask 255.255.240.0\n"
        + "  bridge_ports eth0 eth1\n  bridge_stp off\n  bridge_fd 0\n  mtu 1400\n  gateway 10.0.0.254\n"
        + "iface br0 inet6 static\n  address 2001:db8::1/64\n  dns-nameservers 2001:db8::53\n"
        + "iface br1 inet manual\n  pre-up brctl addbr $IFACE\n  bridge_hw 02:42:c1:00:00:03\n"
        + "iface eth0 inet dhcp\niface eth0 inet6 dhcp\n",
      "/etc/network/interfaces.d/br0-mac":
        "iface br0 inet manual\n  up ip link set dev br0 address 02:42:c1:00:00:01\n",
    ])
    var files = FileGathering(tree)
    let interfaces = IfupdownFiles(from: &files).interfaces()
    #expect(files.mistakes.isEmpty)
    #expect(interfaces.map(\.name) == ["br0", "br1", "eth0"])
    let expected = [
      "address": "10.0.0.1/20 2001:db8::1/64", "mac": "02:42:c1:00:00:01", "ports": "eth0 eth1", "stp": "no",
      "forward-delay": "0", "mtu": "1400", "gateway": "10.0.0.254", "dns": "2001:db8::53", "auto": "yes",
    ]
    #expect(interfaces[0].settings == expected)
    #expect(interfaces[0].kind == "bridge" && interfaces[0].file == "/etc/network/interfaces.d/br0-mac")
    #expect(interfaces[1].kind == "bridge" && interfaces[1].settings["mac"] == "02:42:c1:00:00:03")
    #expect(interfaces[2].settings == ["dhcp": "yes"])
  }

  @Test func `ifupdown2's hyphens, and stanzas without a family`() {
    let tree = MemoryTree([
      "/etc/network/ifupdown2/ifupdown2.conf": "x\n",
      "/etc/network/interfaces":
        "iface br0\n  address 10.0.0.1/24\n  hwaddress 02:42:c1:00:00:01\n  bridge-ports none\n  bridge-stp on\n",
    ])
    var files = FileGathering(tree)
    let parsed = IfupdownFiles(from: &files)
    #expect(parsed.isIfupdown2 && files.mistakes.isEmpty)
    let expected = ["address": "10.0.0.1/24", "mac": "02:42:c1:00:00:01", "ports": "", "stp": "yes"]
    #expect(parsed.interfaces().map(\.settings) == [expected])
  }

  @Test func `files that source each other end`() {
    let tree = MemoryTree([
      "/etc/network/interfaces": "source other\niface a inet manual\n",
      "/etc/network/other": "source interfaces\nsource /etc/network/other\niface b inet manual\n",
    ])
    var files = FileGathering(tree)
    #expect(IfupdownFiles(from: &files).stanzas.map(\.name) == ["b", "a"])
    #expect(
      files.mistakes.map { "\($0.file):\($0.line)" } == ["/etc/network/other:1", "/etc/network/other:2"]
    )
  }

  @Test func `networkd's device and its network`() {
    let tree = MemoryTree([
      "/etc/systemd/network/30-jci.netdev":
        "[NetDev]\nName=brci0\nKind=bridge\nMACAddress=02:42:c1:00:00:01\n[Bridge]\nSTP=no\nForwardDelaySec=1min 500ms\n",
      "/etc/systemd/network/30-jci.network":
        "[Match]\nName=brci0\n[Link]\nRequiredForOnline=no\n[Network]\nAddress=10.201.0.1/24\n"
        + "ConfigureWithoutCarrier=yes\nLinkLocalAddressing=no\nIPv6AcceptRA=no\nKeepConfiguration=static\n"
        + "IPForward=ipv4\n[Address]\nAddress=10.202.0.1/24\n[Route]\nGateway=10.201.0.254\n",
      "/etc/systemd/network/40-port.network": "[Match]\nName=eth0\n[Network]\nBridge=brci0\n",
      "/etc/systemd/network/50-docker.network":
        "[Match]\nName=veth* docker0\n[Link]\nUnmanaged=yes\nMTUBytes=9K\n",
      "/usr/lib/systemd/network/80-all.network": "[Match]\nType=ether\nDriver=!veth\n[Network]\nDHCP=both\n",
      "/usr/lib/systemd/network/90-none.network": "[Network]\nDHCP=yes\n",
      "/etc/systemd/network/99-nameless.netdev": "[NetDev]\nKind=bridge\n",
    ])
    var files = FileGathering(tree)
    let interfaces = NetworkdFiles(from: &files, of: .networkd).interfaces(&files)
    let names = ["brci0", "brci0", "eth0", "veth*", "docker0", "*"]
    #expect(interfaces.map(\.name) == names)
    #expect(interfaces.map(\.isPattern) == [false, false, false, true, false, true])
    let device = ["mac": "02:42:c1:00:00:01", "stp": "no", "forward-delay": "60.5", "ports": "eth0"]
    #expect(interfaces[0].settings == device)
    let network = [
      "address": "10.201.0.1/24 10.202.0.1/24", "configure-without-carrier": "yes", "link-local": "no",
      "accept-ra": "no", "keep-configuration": "static", "ipv4-forwarding": "yes", "gateway": "10.201.0.254",
    ]
    #expect(interfaces[1].settings == network)
    #expect(interfaces[3].settings == ["unmanaged": "yes", "mtu": "9216"])
    #expect(interfaces[5].settings == ["match": "Driver=!veth; Type=ether", "dhcp": "yes"])
    #expect(
      files.mistakes.map(\.file).sorted() == [
        "/etc/systemd/network/99-nameless.netdev", "/usr/lib/systemd/network/90-none.network",
      ]
    )
  }

  @Test func `netplan's mistakes have lines, and don't stop the other files`() {
    let tree = MemoryTree([
      "/etc/netplan/10-bad.yaml": "network:\n  bridges:\n    br0: {mtu: 1400\n  x\n",
      "/etc/netplan/20-top.yaml": "networks:\n  bridges: {br1: {}}\n",
      "/etc/netplan/30-good.yaml": "network:\n  bridges:\n    br2: {dhcp4: no, interfaces: []}\n    br3:\n",
      "/etc/netplan/40-other.yaml": "network: {vlans: {br2: {id: 5}}}\n",
      "/etc/netplan/50-bomb.yaml": String(repeating: "- *a\n", count: 40),
      "/etc/netplan/ignored.yml": "network: {bridges: {br9: {}}}\n",
    ])
    var files = FileGathering(tree)
    let interfaces = NetplanFiles(from: &files).interfaces()
    #expect(interfaces.map(\.name) == ["br2", "br3"])
    #expect(interfaces.map(\.line) == [3, 4])
    #expect(interfaces.first?.settings == ["renderer": "networkd", "dhcp": "no"])
    let places = files.mistakes.map { "\(FilePath.name(of: $0.file)):\($0.line)" }
    #expect(places == ["10-bad.yaml:5", "20-top.yaml:1", "40-other.yaml:1", "50-bomb.yaml:0"])
  }
}
