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
    #expect(
      snapshot.resolverFiles.keys.sorted() == [
        "/etc/resolv.conf", "/etc/systemd/resolved.conf", "/run/systemd/resolve/resolv.conf",
      ]
    )
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

  @Test func `of dnsmasq's files there is what decides whom it serves, and nothing else`() {
    var tree = MemoryTree([
      "/etc/dnsmasq.conf":
        "#dns-forward-max=5\n# port=53\nserver=/corp/10.0.0.1\n dns-forward-max = 20 # few\n",
      "/etc/dnsmasq.d/README": "Put files here: they are read.\n",
      "/etc/dnsmasq.d/ads": "port=53\r\naddress=/ads/0.0.0.0\r\nbind-dynamic\r\nbind-dynamics\r\n",
      "/var/lib/libvirt/dnsmasq/default.conf": "interface=virbr0\ndhcp-range=192.168.122.2\n",
      "/var/lib/libvirt/dnsmasq/virbr0.status": "[]",
    ])
    tree.add("/etc/dnsmasq.d/own", unreadable: "permission denied")
    let files = ManagementSnapshot(from: tree, running: .value([])).resolverFiles
    #expect(
      files == [
        "/etc/resolv.conf": .absent, "/etc/dnsmasq.conf": .value(" dns-forward-max = 20 # few\n"),
        "/etc/dnsmasq.d/README": .value(""), "/etc/dnsmasq.d/ads": .value("port=53\nbind-dynamic\n"),
        "/etc/dnsmasq.d/own": .unreadable(reason: "permission denied"),
        "/var/lib/libvirt/dnsmasq/default.conf": .value("interface=virbr0\n"),
      ]
    )
  }

  @Test func `of resolved's files there are those that count`() {
    let tree = MemoryTree([
      "/usr/lib/systemd/resolved.conf": "[Resolve]\n#DNSSEC=no\n",
      "/etc/systemd/resolved.conf": "[Resolve]\nDNS=192.0.2.1#id.example\nDNSSEC = yes\n",
      "/run/systemd/resolved.conf.d/a.conf": "hidden", "/etc/systemd/resolved.conf.d/a.conf": "[Resolve]\n",
      "/etc/systemd/resolved.conf.d/b.txt": "no",
    ])
    let files = ManagementSnapshot(from: tree, running: .value([])).resolverFiles
    #expect(
      files == [
        "/etc/resolv.conf": .absent, "/etc/systemd/resolved.conf": .value("[Resolve]\nDNSSEC = yes\n"),
        "/etc/systemd/resolved.conf.d/a.conf": .value("[Resolve]\n"),
      ]
    )
    let running = MemoryTree(["/run/systemd/resolve/resolv.conf": "nameserver 192.0.2.1\n"])
    #expect(
      ManagementSnapshot(from: running, running: .value([])).resolverFiles["/etc/systemd/resolved.conf"]
        == .absent
    )
  }

  @Test(arguments: [
    (["-i", "br0", "-i", "br1"], ["--interface=br0", "--interface=br1"]),
    (["-ibr0", "-z", "-0", "5"], ["--interface=br0", "--bind-interfaces", "--dns-forward-max=5"]),
    (["--interface", "br0", "--local-service=host"], ["--interface=br0", "--local-service=host"]),
    (
      ["--local-service", "-kC", "/dev/null", "-zi", "br0"],
      ["--local-service", "--conf-file=/dev/null", "--bind-interfaces", "--interface=br0"]
    ),
    (["-xi", "-kS", "-p", "-p5"], ["--port=5"]),
    (["-x", "/run/p", "-u", "dnsmasq", "-7", "/d,.dpkg-old"], ["--conf-dir=/d,.dpkg-old"]),
    (["--server=10.0.0.1", "-A", "/x/1.2.3.4", "--interfaces=a", "words"], []), (["--port"], ["--port="]),
  ])
  func `of dnsmasq's arguments those are kept that decide whom it serves`(words: [String], kept: [String]) {
    #expect(DnsmasqFiles.arguments(words) == kept)
  }
}
