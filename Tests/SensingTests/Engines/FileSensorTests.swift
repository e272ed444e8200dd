import FoundationEssentials
import LinuxSystem
import NetworkTypes
import Observation
import Testing

@testable import Sensing

@Suite struct FileSensorTests {
  /// What is found on a host with these files, interfaces and processes.
  private func engines(
    _ files: [String: String],
    interfaces: [String] = [],
    processes: [ProcessList.Entry] = []
  ) throws -> [EngineSnapshot.Kind: EngineSnapshot] {
    let folder = URL.temporaryDirectory.appending(path: "kingpost-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
    let sensor = FileSensor(processes: ProcessList(processes), interfaces: interfaces, namespace: "1")
    let found = sensor.sense(try ProcessRoot(folder: folder.path))
    return Dictionary(uniqueKeysWithValues: found.map { ($0.kind, $0) })
  }

  @Test func `a host without any has none`() throws {
    #expect(try engines([:], interfaces: ["lo", "eth0", "br0", "virbr", "podmanx"]).isEmpty)
  }

  @Test func `Podman's networks are read from netavark's files, and the usual one is known`() throws {
    let file = """
      {"name": "ci", "id": "9d2b", "driver": "bridge", "network_interface": "podman1",
       "subnets": [{"subnet": "10.89.0.0/24", "gateway": "10.89.0.1"}], "ipv6_enabled": false,
       "internal": true, "dns_enabled": true, "options": {"mtu": "1400"}}
      """
    let settings = "[network]\ndefault_subnet = \"10.77.0.0/16\"\n"
    let podman = try #require(
      try engines([
        "etc/containers/networks/ci.json": file, "etc/containers/containers.conf": settings,
      ])[.podman]
    )
    let networks = try #require(podman.networks.value)
    #expect(networks.map(\.bridge) == ["podman1", "podman0"])
    #expect(networks.map(\.isInternal) == [true, false])
    #expect(networks.map(\.isDefault) == [false, true])
    #expect(networks[0].pools.map(\.gateway) == [IPAddress("10.89.0.1")])
    #expect(networks[0].options == ["mtu": "1400"])
    #expect(networks[1].pools.map(\.subnet) == [IPPrefix("10.77.0.0/16")])
    #expect(podman.namespace == "1")
  }

  @Test func `CNI's bridge plugins are networks, and Podman's own files are Podman's`() throws {
    let containerd = """
      {"cniVersion": "1.0.0", "name": "nerdctl", "plugins": [
        {"type": "bridge", "bridge": "nerdctl0", "isGateway": true, "ipMasq": true,
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.4.0.0/24", "gateway": "10.4.0.1"}]]}},
        {"type": "portmap"}]}
      """
    let single = #"{"name": "plain", "type": "bridge", "ipam": {"subnet": "10.5.0.0/16"}}"#
    let podman = #"{"name": "podman", "plugins": [{"type": "bridge", "bridge": "cni-podman0"}]}"#
    let found = try engines([
      "etc/cni/net.d/10-nerdctl.conflist": containerd, "etc/cni/net.d/20-plain.conf": single,
      "etc/cni/net.d/87-podman-bridge.conflist": podman, "etc/cni/net.d/README": "not one",
    ])
    let networks = try #require(found[.containerd]?.networks.value)
    #expect(networks.map(\.bridge) == ["nerdctl0", "cni0"])
    #expect(networks[0].pools.map(\.subnet) == [IPPrefix("10.4.0.0/24")])
    #expect(networks[0].options == ["ipMasq": "true"])
    #expect(networks[1].pools.map(\.subnet) == [IPPrefix("10.5.0.0/16")])
    #expect(found[.podman]?.networks.value?.map(\.bridge) == ["cni-podman0"])
  }

  @Test func `a file that is broken is named with its line`() throws {
    let found = try engines([
      "etc/cni/net.d/10-x.conflist": "{\n\"name\" 1}", "etc/containers/networks/y.json": "{",
    ])
    guard case .unreadable(let reason) = found[.containerd]?.networks else {
      Issue.record("\(found)")
      return
    }
    #expect(reason == "/etc/cni/net.d/10-x.conflist:2: expected ':' after \"name\"")
    guard case .unreadable(let other) = found[.podman]?.networks else {
      Issue.record("\(found)")
      return
    }
    #expect(other.hasPrefix("/etc/containers/networks/y.json:1: "))
  }

  @Test func `libvirt's networks are read, running ones first`() throws {
    let running = """
      <networkstatus>
        <class_id bitmap='0-2'/>
        <network>
          <name>default</name>
          <uuid>7d3a1c36-7b3f-4a5b-8d45-7b8c4f1d2e11</uuid>
          <forward mode='nat'><nat><port start='1024' end='65535'/></nat></forward>
          <bridge name='virbr0' stp='on' delay='0'/>
          <mac address='52:54:00:11:22:33'/>
          <ip address='192.168.122.1' netmask='255.255.255.0'>
            <dhcp><range start='192.168.122.2' end='192.168.122.254'/></dhcp>
          </ip>
          <ip family="ipv6" address="fd00:122::1" prefix="64"/>
        </network>
      </networkstatus>
      """
    let defined = """
      <!-- WARNING: THIS IS AN AUTO-GENERATED FILE. <bridge name='wrong'/> -->
      <network><name>lab</name><bridge name="virbr7"/></network>
      """
    let libvirt = try #require(
      try engines([
        "run/libvirt/network/default.xml": running, "etc/libvirt/qemu/networks/default.xml": running,
        "etc/libvirt/qemu/networks/lab.xml": defined,
      ])[.libvirt]
    )
    let networks = try #require(libvirt.networks.value)
    #expect(networks.map(\.bridge) == ["virbr0", "virbr7"])
    #expect(networks[0].isDefault && !networks[0].isInternal)
    #expect(networks[0].pools.map(\.subnet) == [IPPrefix("192.168.122.0/24"), IPPrefix("fd00:122::/64")])
    #expect(networks[0].pools[0].gateway == IPAddress("192.168.122.1"))
    #expect(networks[1].isInternal)
  }

  @Test func `LXC, LXD and Incus are known by their files`() throws {
    let shell = """
      # USE_LXC_BRIDGE="false"
      USE_LXC_BRIDGE="true"
      LXC_BRIDGE='lxcbr1'
      LXC_ADDR="10.0.9.1"
      LXC_NETWORK="10.0.9.0/24"
      """
    let lxc = try #require(
      try engines([
        "etc/default/lxc-net": shell, "var/lib/incus/networks/incusbr0/dnsmasq.pid": "",
        "var/snap/lxd/common/lxd/networks/lxdbr0/x": "",
      ])[.lxc]
    )
    let networks = try #require(lxc.networks.value)
    #expect(networks.map(\.bridge) == ["lxcbr1", "incusbr0", "lxdbr0"])
    #expect(networks[0].pools.map(\.gateway) == [IPAddress("10.0.9.1")])
    #expect(try engines(["etc/default/lxc-net": "USE_LXC_BRIDGE=\"false\"\n"]).isEmpty)
  }

  @Test func `a bridge that only its name tells of has an owner too`() throws {
    let found = try engines(
      [:],
      interfaces: ["virbr0", "lxdbr0", "podman2", "cni0", "docker0", "br-0123456789ab"]
    )
    #expect(found[.libvirt]?.networks.value?.map(\.bridge) == ["virbr0"])
    #expect(found[.lxc]?.networks.value?.map(\.bridge) == ["lxdbr0"])
    #expect(found[.podman]?.networks.value?.map(\.bridge) == ["podman0", "podman2"])
    #expect(found[.containerd]?.networks.value?.map(\.bridge) == ["cni0"])
  }

  @Test func `minders' command lines name their containers`() {
    let conmon = [
      "conmon", "--api-version", "1", "-c", "c0ffee", "-u", "c0ffee", "-n", "web", "--exit-command-arg", "-n",
    ]
    #expect(PodmanContainer.read(conmon)?.name == "web")
    #expect(PodmanContainer.read(conmon)?.id == "c0ffee")
    #expect(PodmanContainer.read(["conmon", "-c"]) == nil)
    let shim = [
      "containerd-shim-runc-v2", "-namespace", "k8s.io", "-id", "0123456789abcdef", "-address", "/x",
    ]
    #expect(ContainerdContainer.read(shim)?.name == "k8s.io/0123456789ab")
    #expect(ContainerdContainer.read(["containerd-shim-runc-v2", "-namespace", "moby", "-id", "1"]) == nil)
  }

  @Test func `two engines that say they have the same socket can be told apart`() {
    let process = ProcessSnapshot(pid: 7, name: "dockerd")
    let same = [1, 2, 3].map { _ in
      EngineSnapshot(id: "docker:/run/docker.sock", kind: .docker, process: process)
    }
    let ids = EngineSensor.withUniqueIdentifiers(same).map(\.id)
    #expect(
      ids == [
        "docker:/run/docker.sock", "docker:/run/docker.sock (pid 7)", "docker:/run/docker.sock (pid 7) 2",
      ]
    )
  }
}
