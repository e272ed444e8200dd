import NetworkConfiguration
import Observation
import Testing

@Suite struct ManagementSnapshotTests {
  @Test func `an empty host has nothing, and says so`() {
    let snapshot = ManagementSnapshot(from: MemoryTree(), running: .value([]))
    #expect(snapshot.managers == .value([]) && snapshot.interfaces == .value([]))
    #expect(snapshot.linkPolicies == .value([]) && snapshot.bootSettings == .value([]))
    #expect(snapshot.resolverFiles == ["/etc/resolv.conf": .absent] && snapshot.mistakes.isEmpty)
  }

  @Test func `a file that can't be read makes what depends on it unreadable, and nothing else`() {
    var tree = MemoryTree([
      "/etc/network/interfaces": "iface lo inet loopback\n", "/etc/sysctl.conf": "net.ipv4.ip_forward=1\n",
      "/etc/resolv.conf": "nameserver 192.0.2.1\nsearch\n nameserver 192.0.2.2\n",
      "/run/systemd/resolve/resolv.conf": "nameserver 192.0.2.3\n",
    ])
    tree.add("/etc/netplan/01.yaml", unreadable: "permission denied")
    let snapshot = ManagementSnapshot(from: tree, running: .value([]))
    #expect(snapshot.managers == .value([.netplan]))
    #expect(snapshot.interfaces == .unreadable(reason: "/etc/netplan/01.yaml: permission denied"))
    #expect(snapshot.linkPolicies == .value([]))
    let setting = BootSetting(
      name: "net.ipv4.ip_forward",
      value: "1",
      file: "/etc/sysctl.conf",
      line: 1,
      isReadByPlainSysctl: true,
      isOnlyByPlainSysctl: true
    )
    #expect(snapshot.bootSettings == .value([setting]))
    #expect(snapshot.resolverFiles.count == 2)
    #expect(
      snapshot.mistakes.count == 2 && snapshot.mistakes.allSatisfy { $0.hasPrefix("/etc/resolv.conf:") }
    )
  }

  @Test func `lo alone is no use of ifupdown`() {
    let lo = MemoryTree(["/etc/network/interfaces": "auto lo\niface lo inet loopback\n"])
    #expect(ManagementSnapshot(from: lo, running: .value([.networkd])).managers == .value([.networkd]))
    let more = MemoryTree(["/etc/network/interfaces": "iface eth0 inet dhcp\n"])
    #expect(
      ManagementSnapshot(from: more, running: .value([.networkd])).managers == .value([.ifupdown, .networkd])
    )
  }
}
