import FoundationEssentials
import Glibc
import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Nftables
import Testing

/// A CI host as in the founding setup, in a network namespace of its own: a dockerd with all defaults for the
/// controllers, and a second one with a bridge that somebody made by hand for the builds.
///
/// It belongs to one thread: the daemons end with the thread that started them. Everything is gone when it is stopped,
/// at the latest when nobody has it any more.
final class EngineHost {
  /// The link address that the hand-made bridge is given, if it is given one.
  static let bridgeAddress = MACAddress(0x0242_c100_0001)

  /// Where the daemons, their bridges and the uplink are.
  let namespace: NetworkNamespace
  /// What is beyond the uplink: a router at 192.0.2.1.
  let outside: NetworkNamespace
  /// Where the daemons' files are.
  let folder: EngineFolder
  /// The daemon with all defaults.
  private(set) var main: RealEngine
  /// The daemon that was given the bridge "brci0".
  private(set) var second: RealEngine

  /// Why there can be no such host here, or nil.
  static var obstacle: String? {
    if geteuid() != 0 { return "it takes root" }
    for program in ["dockerd", "docker", "busybox", "ip", "iptables", "tar"]
    where Program.find(program) == nil {
      return "\(program) is not installed (./do test installs it)"
    }
    return nil
  }

  /// Starts both daemons and waits until they answer.
  ///
  /// - Parameters:
  ///   - bridgeAddress: the link address that the hand-made bridge is made with; without one, as in the founding
  ///     setup, it takes its ports'.
  ///   - forwardsBuilds: whether the first daemon's rules are told to let the second one's containers through.
  init(bridgeAddress: MACAddress? = nil, forwardsBuilds: Bool = true) throws {
    EngineFolder.sweep()
    folder = try EngineFolder()
    namespace = try NetworkNamespace.make()
    outside = try NetworkNamespace.make()
    main = RealEngine("main", in: folder, flags: [])
    second = RealEngine("second", in: folder, flags: ["-b", "brci0"])
    do {
      try makeUplink()
      try makeBridge(bridgeAddress)
      try main.start(in: namespace)
      try letBuildsOut(through: forwardsBuilds)
      try Data(#"{"iptables": false, "ip6tables": false, "userland-proxy": false}"#.utf8)
        .write(to: URL(filePath: second.configurationFile))
      try second.start(in: namespace)
    } catch {
      stop()
      throw error
    }
  }

  deinit { stop() }

  /// Removes the containers, ends the daemons, and deletes what they left.
  func stop() {
    second.stop()
    main.stop()
    folder.delete()
  }

  /// Runs a program in the host's namespace.
  func run(_ program: String, _ arguments: String...) throws {
    try Program.run(program, arguments, in: namespace)
  }

  /// Starts the second daemon again as it would be without its configuration file: it keeps firewall rules too.
  func restartSecondWithRules() throws {
    second.stop()
    try FileManager.default.removeItem(atPath: second.configurationFile)
    try second.start(in: namespace)
    try second.startContainer("build-1", "--dns", "192.0.2.53")
  }

  private func makeUplink() throws {
    try namespace.perform { try Sysctl.write("0", to: "net.bridge.bridge-nf-call-iptables") }
    try run("ip", "link", "set", "lo", "up")
    let here = try NetlinkConnection(in: namespace)
    let there = try NetlinkConnection(in: outside)
    let peer = NewPeer(name: "eth0", namespace: outside, isUp: true)
    _ = try here.createLink(NewLink(name: "eth0", kind: .veth(peer: peer), isUp: true))
    for (connection, address) in [(here, "192.0.2.2/24"), (there, "192.0.2.1/24")] {
      let index = try connection.link(named: "eth0").index
      try connection.addAddress(try #require(IPPrefix(address)), to: index)
    }
    try run("ip", "route", "add", "default", "via", "192.0.2.1")
  }

  private func makeBridge(_ address: MACAddress?) throws {
    let own = address.map { ["address", "\($0)"] } ?? []
    try Program.run("ip", ["link", "add", "name", "brci0"] + own + ["type", "bridge"], in: namespace)
    try run("ip", "address", "add", "10.201.0.1/24", "dev", "brci0")
    try run("ip", "link", "set", "dev", "brci0", "up")
  }

  private func letBuildsOut(through isForwarded: Bool) throws {
    try Nftables.run(
      """
      table ip ci {
        chain postrouting {
          type nat hook postrouting priority srcnat;
          ip saddr 10.201.0.0/24 oifname != "brci0" masquerade
        }
      }
      """,
      in: namespace
    )
    guard isForwarded else { return }
    try run("iptables", "-I", "DOCKER-USER", "-i", "brci0", "-j", "ACCEPT")
    try run(
      "iptables",
      "-I",
      "DOCKER-USER",
      "-o",
      "brci0",
      "-m",
      "conntrack",
      "--ctstate",
      "RELATED,ESTABLISHED",
      "-j",
      "ACCEPT"
    )
  }
}
