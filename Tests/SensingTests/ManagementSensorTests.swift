import FoundationEssentials
import NetworkConfiguration
import Observation
import Testing

@testable import Sensing

/// Files below a folder of their own.
@Suite struct ManagementSensorTests {
  /// Runs a test with a folder that is removed afterwards.
  private func withRoot(_ body: (_ root: String) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory.path + "/kingpost-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    try body(root)
  }

  private func write(_ text: String, _ path: String, permissions: Int = 0o644) throws {
    let folder = FilePath.folder(of: path)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createDirectory(
      atPath: FilePath.folder(of: path),
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test func `a host's files become a snapshot`() throws {
    try withRoot { root in
      try write("source interfaces.d/*\niface br0 inet manual\n", root + "/etc/network/interfaces")
      try write("iface br1 inet manual\n", root + "/etc/network/interfaces.d/x")
      try write("net.ipv4.ip_forward=1\n", root + "/etc/sysctl.conf")
      try link(root + "/etc/sysctl.d/99-sysctl.conf", to: "../sysctl.conf")
      try write("[Match]\nOriginalName=*\n", root + "/usr/lib/systemd/network/50-a.link")
      try link(root + "/etc/systemd/network/50-a.link", to: "/dev/null")
      try write("[Match]\nOriginalName=*\n", root + "/usr/lib/systemd/network/99-default.link")
      // An absolute link means the root that is looked at, not the machine's.
      try link(root + "/etc/resolv.conf", to: "/run/systemd/resolve/stub-resolv.conf")
      try write("nameserver 127.0.0.53\n", root + "/run/systemd/resolve/stub-resolv.conf")
      try write("systemd-network\n", root + "/proc/42/comm")
      try write("bash\n", root + "/proc/43/comm")

      let snapshot = ManagementSensor.sense(root: root)
      #expect(snapshot.managers == .value([.ifupdown, .networkd]))
      #expect(snapshot.interfaces.value?.map(\.name) == ["br1", "br0"])
      let policies = ["/usr/lib/systemd/network/99-default.link"]
      #expect(snapshot.linkPolicies.value?.map(\.file) == policies)
      #expect(snapshot.bootSettings.value?.map(\.file) == ["/etc/sysctl.conf"])
      #expect(snapshot.bootSettings.value?.first?.isOnlyByPlainSysctl == nil)
      #expect(snapshot.resolverFiles["/etc/resolv.conf"] == .value("nameserver 127.0.0.53\n"))
      #expect(snapshot.mistakes.isEmpty)
    }
  }

  @Test func `what is no regular file, too large, or a circle of links isn't read`() throws {
    try withRoot { root in
      try FileManager.default.createDirectory(atPath: root + "/folder", withIntermediateDirectories: true)
      try write(String(repeating: "x", count: DirectoryTree.largestFile + 1), root + "/large")
      try write("", root + "/empty")
      try link(root + "/a", to: "b")
      try link(root + "/b", to: "/a")
      try link(root + "/up", to: "../../../../empty")
      let tree = DirectoryTree(root: root)
      #expect(tree.file(at: "/folder") == .unreadable(reason: "it is no regular file"))
      #expect(tree.file(at: "/large") == .unreadable(reason: "it is larger than 1048576 octets"))
      #expect(tree.file(at: "/a") == .absent)
      #expect(tree.file(at: "/nothing/at/all") == .absent)
      #expect(tree.file(at: "/empty/below") == .absent)
      // No link leads out of the root.
      #expect(tree.file(at: "/up").value?.path == "/empty")
      #expect(tree.names(in: "/nothing") == .absent)
      #expect(tree.names(in: "/").value?.sorted() == ["a", "b", "empty", "folder", "large", "up"])
    }
  }

  @Test func `a connection that others may read is ignored, as NetworkManager does`() throws {
    try withRoot { root in
      let folder = root + "/etc/NetworkManager/system-connections/"
      let text = "[connection]\nid=a\ntype=bridge\ninterface-name=br0\n"
      try write(text, folder + "a.nmconnection", permissions: 0o644)
      let snapshot = ManagementSensor.sense(root: root)
      #expect(snapshot.interfaces == .value([]))
      #expect(snapshot.mistakes.count == 1)
    }
  }

  @Test func `this machine can be read`() {
    let snapshot = ManagementSensor.sense()
    #expect(snapshot.resolverFiles["/etc/resolv.conf"] != nil)
    if case .absent = snapshot.managers { Issue.record("the managers are never absent") }
  }
}
