import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Nftables
import Testing

@Suite struct FlowTableTests {
  /// A rule that looks at connections makes the kernel track them.
  private static let tracking = """
    table inet track {
      chain output { type filter hook output priority 0; ct state new counter; }
    }
    """

  @Test(arguments: [("127.0.0.1", "127.0.0.0/8"), ("::1", "::1/128")])
  func `flows are listed, and a subnet's datagrams forgotten`(_ source: String, _ subnet: String) throws {
    let namespace = try Program.namespaceWithLoopback()
    _ = try Nftables.run(Self.tracking, in: namespace)
    let address = try #require(IPAddress(source))
    let table = try FlowTable(in: namespace)
    #expect(try table.flows(address.family).isEmpty)

    let script = """
      import socket
      family = socket.AF_INET6 if ":" in "\(source)" else socket.AF_INET
      for port in (5353, 5354):
          one = socket.socket(family, socket.SOCK_DGRAM)
          one.bind(("\(source)", 40000))
          one.sendto(b"x", ("\(source)", port))
          one.close()
      listener = socket.socket(family, socket.SOCK_STREAM)
      listener.bind(("\(source)", 80))
      listener.listen()
      socket.create_connection(("\(source)", 80))
      """
    try Program.run("python3", ["-c", script], in: namespace)
    let udp = try table.flows(address.family).filter { $0.transport == 17 }
    #expect(Set(udp.map(\.destinationPort)) == [5353, 5354])
    #expect(udp.allSatisfy { $0.source == address && $0.destination == address && $0.sourcePort == 40_000 })

    let elsewhere = try #require(IPPrefix(address.family == .v4 ? "192.0.2.0/24" : "2001:db8::/32"))
    try table.forgetDatagrams(from: elsewhere)
    #expect(try table.flows(address.family).count { $0.transport == 17 } == 2)
    try table.forgetDatagrams(from: #require(IPPrefix(subnet)))
    #expect(try !table.flows(address.family).contains { $0.transport == 17 })
    #expect(try table.flows(address.family).contains { $0.transport == 6 }, "a connection by TCP stays")
  }
}
