import LinuxSystem
import NetworkTypes
import PacketSocket
import Testing

@Suite struct PacketSocketTests {
  struct Seen: Hashable {
    let interface: InterfaceIndex
    let type: UInt8
    let bytes: [UInt8]
  }

  static let loopback = InterfaceIndex(1)

  /// An ARP request from 10.9.9.2 for 10.9.9.1, addressed to `destination`.
  static func arpRequest(to destination: [UInt8]) -> [UInt8] {
    destination + [2, 0, 0, 0, 0, 9] + [8, 6, 0, 1, 8, 0, 6, 4, 0, 1] + [2, 0, 0, 0, 0, 9, 10, 9, 9, 2]
      + [0, 0, 0, 0, 0, 0, 10, 9, 9, 1]
  }

  @Test func `what is sent to a device is seen at both ends with type, time and interface`() throws {
    let namespace = try NetworkNamespace.make()
    // Otherwise duplicate address detection is seen too.
    try namespace.perform { try Sysctl.write("1", to: "net.ipv6.conf.default.disable_ipv6") }
    try Fixture.ip("link add name left type veth peer name right", in: namespace)
    try Fixture.ip("link set dev left address 02:00:00:00:00:01 up", in: namespace)
    try Fixture.ip("link set dev right address 02:00:00:00:00:02 up", in: namespace)
    try Fixture.untilUp(["left", "right"], in: namespace)
    let (a, b) = try (Fixture.index(of: "left", in: namespace), Fixture.index(of: "right", in: namespace))
    let socket = try PacketSocket(in: namespace)
    let before = Timestamp.now()
    let wrong = Self.arpRequest(to: [2, 0, 0, 0, 0, 0x77])
    let right = Self.arpRequest(to: [2, 0, 0, 0, 0, 2])
    let other: [UInt8] = right.prefix(12) + [0x88, 0xcc] + [UInt8](repeating: 0, count: 46)
    let sender = try PacketSocket(in: namespace)
    for frame in [other, wrong, right] { try sender.send(frame, by: a) }
    var seen: Set<Seen> = []
    var times: [Timestamp] = []
    try Fixture.until(socket) {
      try socket.receive { bytes, arrival in
        times.append(arrival.time)
        let kept = (0..<bytes.count).map { bytes[$0] }
        seen.insert(Seen(interface: arrival.interface, type: arrival.packetType, bytes: kept))
      }
      return seen.count >= 4
    }
    #expect(
      seen == [
        Seen(interface: a, type: 4, bytes: wrong), Seen(interface: b, type: 3, bytes: wrong),
        Seen(interface: a, type: 4, bytes: right), Seen(interface: b, type: 0, bytes: right),
      ]
    )
    #expect(times.allSatisfy { $0 >= before && $0 <= .now() })
    #expect(try socket.statistics() == PacketSocket.Statistics(frames: 4, lost: 0))
    #expect(try socket.statistics() == PacketSocket.Statistics(frames: 4, lost: 0))
    #expect(try Fixture.text("/sys/class/net/left/flags", in: namespace) == "0x1003")
  }

  @Test func `lost frames are counted`() throws {
    let namespace = try NetworkNamespace.make()
    try Fixture.ip("link set lo up", in: namespace)
    let socket = try PacketSocket(in: namespace, interface: Self.loopback, bufferBytes: 4096)
    for _ in 0..<200 { try socket.send(Self.arpRequest(to: [0, 0, 0, 0, 0, 0]), by: Self.loopback) }
    var received: UInt64 = 0
    try socket.receive { _, _ in received += 1 }
    let statistics = try socket.statistics()
    #expect(statistics.lost > 0)
    #expect(statistics.frames == received + statistics.lost)
  }

  @Test func `a quiet socket has nothing to say and does not block`() throws {
    let socket = try PacketSocket(in: NetworkNamespace.make())
    try socket.receive { _, _ in Issue.record("a frame in an empty namespace") }
    #expect(try socket.statistics() == PacketSocket.Statistics())
  }
}
