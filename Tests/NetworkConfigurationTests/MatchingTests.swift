import NetworkConfiguration
import NetworkTypes
import Observation
import Testing

/// Which entries are about which interface.
@Suite struct MatchingTests {
  private let docker = LinkIdentity(name: "docker0", kind: "bridge")
  private let veth = LinkIdentity(name: "veth12ab", kind: "veth")
  private let hardware = LinkIdentity(name: "enp1s0", kind: nil)

  @Test func `networkd's files as Debian and users have them`() {
    let tree = MemoryTree([
      "/usr/lib/systemd/network/80-wifi-adhoc.network": "[Match]\nType=wlan\nWLANInterfaceType=ad-hoc\n",
      "/usr/lib/systemd/network/80-container-host0.network":
        "[Match]\nVirtualization=container\nName=host0\n",
      "/etc/systemd/network/20-wired.network": "[Match]\nType=ether\nName=!veth* br-*\n[Network]\nDHCP=yes\n",
      "/etc/systemd/network/90-all.network": "[Match]\nName=*\n[Network]\nDHCP=yes\n",
      "/etc/systemd/network/95-driver.network": "[Match]\nDriver=e1000 bridge\n[Network]\nDHCP=yes\n",
    ])
    var files = FileGathering(tree)
    let entries = NetworkdFiles(from: &files, of: .networkd).interfaces(&files)
    #expect(entries.map(\.name) == ["!veth* !br-*", "host0", "*", "*", "*"])
    #expect(entries.map { $0.isFor(docker) } == [false, false, false, true, true])
    #expect(entries.map { $0.isFor(veth) } == [false, false, false, true, false])
    #expect(entries.map { $0.isFor(hardware) } == [nil, false, nil, true, nil])
    let named = LinkIdentity(name: "enp1s0", kind: nil, type: "ether", driver: "e1000")
    #expect(entries.map { $0.isFor(named) } == [true, false, false, true, true])
  }

  @Test func `NetworkManager's profiles and exceptions`() {
    var tree = MemoryTree([
      "/etc/NetworkManager/conf.d/a.conf":
        "[keyfile]\nunmanaged-devices=interface-name:veth*;mac:02:42:c1:00:00:01;type:bridge;except:interface-name:veth9\n"
    ])
    tree.add(
      "/etc/NetworkManager/system-connections/wired.nmconnection",
      "[connection]\nid=wired\ntype=ethernet\n",
      permissions: 0o600
    )
    var files = FileGathering(tree)
    let entries = NetworkManagerFiles(from: &files).interfaces()
    #expect(entries.first?.isFor(veth) == true)
    #expect(entries.first?.isFor(docker) == false)
    #expect(entries.first?.isFor(hardware) == nil)
    #expect(entries.areLeavingAlone(veth) == true)
    #expect(entries.areLeavingAlone(docker) == true)
    #expect(entries.areLeavingAlone(LinkIdentity(name: "veth9", kind: "veth")) == false)
    #expect(entries.areLeavingAlone(hardware) == nil)
    let known = LinkIdentity(name: "enp1s0", kind: nil, type: "ether", address: .zero)
    #expect(entries.areLeavingAlone(known) == false)
  }

  @Test func `a list of exceptions alone means everything else, and none means nothing`() {
    let tree = MemoryTree([
      "/etc/NetworkManager/conf.d/a.conf": "[keyfile]\nunmanaged-devices=except:interface-name:eth0\n"
    ])
    var files = FileGathering(tree)
    let entries = NetworkManagerFiles(from: &files).interfaces()
    #expect(entries.areLeavingAlone(veth) == true)
    #expect(entries.areLeavingAlone(LinkIdentity(name: "eth0", kind: nil)) == false)
    #expect([ConfiguredInterface]().areLeavingAlone(veth) == false)
  }

  @Test func `of two names of one setting the last decides, but no pattern overrides a name`() {
    let tree = MemoryTree([
      "/etc/sysctl.d/10.conf": "net.ipv4.ip_forward=1\nnet.ipv4.conf.all.forwarding=1\n",
      "/etc/sysctl.d/20.conf": "net.ipv4.conf.*.forwarding=0\n",
      "/etc/sysctl.conf": "net.ipv4.ip_forward=0\n",
    ])
    let all = "net.ipv4.conf.all.forwarding"
    var files = FileGathering(tree)
    let settings = SysctlFiles(from: &files).settings
    #expect(settings.deciding("net.ipv4.ip_forward", all)?.value == "1")
    #expect(settings.deciding("net.ipv4.conf.br0.forwarding")?.value == "0")
    #expect(settings.last?.isOnlyByPlainSysctl == true)

    let other = MemoryTree([
      "/etc/sysctl.d/10.conf": "net.ipv4.ip_forward=1\n",
      "/etc/sysctl.d/20.conf": "net/ipv4/conf/*/forwarding=0\n",
      "/etc/sysctl.d/30.conf": "net.ipv4.ip_forward=1\n",
    ])
    var others = FileGathering(other)
    let overridden = SysctlFiles(from: &others).settings
    // The last line only repeats the first, so that systemd-sysctl makes it before the pattern.
    #expect(overridden.deciding("net.ipv4.ip_forward", all)?.file == "/etc/sysctl.d/20.conf")
  }
}
