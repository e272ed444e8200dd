import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import PacketSocket
import Testing

/// What several tests need to set up a namespace with iproute2.
enum Fixture {
  /// Runs ip(8) inside a namespace.
  static func ip(_ arguments: String, in namespace: NetworkNamespace) throws {
    let words = arguments.split(separator: " ").map(String.init)
    let status = try ChildProcess("/sbin/ip", words, in: namespace).waitForEnd()
    try #require(status == 0, "ip \(arguments)")
  }

  /// The number of an interface.
  static func index(of name: String, in namespace: NetworkNamespace) throws -> InterfaceIndex {
    InterfaceIndex(try #require(UInt32(text("/sys/class/net/\(name)/ifindex", in: namespace))))
  }

  /// A file of the namespace's own sysfs, by its usual path.
  static func text(_ path: String, in namespace: NetworkNamespace) throws -> String {
    try DetachedMount.sysfs(of: namespace).read(String(path.dropFirst("/sys/".count)))
  }

  /// Waits until the interfaces are operational: before, the kernel drops what is sent by them, and it may
  /// take a second to notice a carrier (linkwatch).
  static func untilUp(_ names: Set<String>, in namespace: NetworkNamespace) throws {
    let monitor = try RouteMonitor([.links], in: namespace)
    let connection = try NetlinkConnection(in: namespace)
    func areUp() throws -> Bool {
      let up = try connection.links().filter { $0.operationalState == .up }.compactMap(\.name)
      return names.isSubset(of: up)
    }
    let loop = try EventLoop()
    try loop.watch(monitor.rawDescriptor) {
      _ = try monitor.receive()
      if try areUp() { loop.stop() }
    }
    loop.schedule(after: .seconds(5)) { loop.stop() }
    if try !areUp() { try loop.run() }
    try #require(try areUp(), "\(names) didn't come up within five seconds")
  }

  /// Calls `step` whenever the socket has frames, until it says that it is done, for at most five seconds.
  static func until(_ socket: PacketSocket, _ step: @escaping () throws -> Bool) throws {
    let loop = try EventLoop()
    try loop.watch(socket.rawDescriptor) { if try step() { loop.stop() } }
    loop.schedule(after: .seconds(5)) { loop.stop() }
    try loop.run()
  }
}
