import NetworkTypes
import Statistics
import Testing

@testable import Lab

@Suite struct ActionTests {
  private static let mac = MACAddress(0x0200_0000_0001)
  private static let gateway = IPAddress.v4(IPv4Address(198, 18, 0, 0))
  private static let everything = IPPrefix.everything(.v4)

  @Test(arguments: [
    (Action.setting(Setting("net.ipv4.ip_forward", "1")), "sysctl -w net.ipv4.ip_forward=1"),
    (.nft("flush chain inet nat postrouting"), "nft 'flush chain inet nat postrouting'"),
    (.pinAddress(link: "br0"), "ip link set dev br0 address $(cat /sys/class/net/br0/address)"),
    (.setAddress(link: "br0", mac), "ip link set dev br0 address 02:00:00:00:00:01"),
    // iproute2 takes hundredths of a second.
    (
      .spanningTree(link: "br0", isOn: true, forwardDelaySeconds: 15),
      "ip link set dev br0 type bridge stp_state 1 forward_delay 1500"
    ),
    (
      .spanningTree(link: "br0", isOn: false, forwardDelaySeconds: nil),
      "ip link set dev br0 type bridge stp_state 0"
    ),
    (
      .forwardPorts(link: "br0"),
      "for port in $(ls /sys/class/net/br0/brif); do bridge link set dev $port state 3; done"
    ),
    (.leave(container: "build", port: "veth-build"), "ip link delete dev veth-build"),
    (.flushNeighbours(link: "br0"), "ip neigh flush dev br0"),
    (.removeLink("br1"), "ip link delete dev br1"), (.switchOn(link: "loop0"), "ip link set dev loop0 up"),
    (.switchOff(link: "eth0"), "ip link set dev eth0 down"),
    (.addCable("loop0", "loop1"), "ip link add loop0 type veth peer name loop1"),
    (.enslave(link: "loop0", bridge: "br0"), "ip link set dev loop0 master br0"),
    (
      .portOption(port: "veth-build", .unicastFlood, isOn: false),
      "bridge link set dev veth-build flood off"
    ),
    (.portOption(port: "veth-dns", .isolated, isOn: true), "bridge link set dev veth-dns isolated on"),
    (.multicastQuerier(link: "br0", isOn: true), "ip link set dev br0 type bridge mcast_querier 1"),
    (.multicastSnooping(link: "br0", isOn: false), "ip link set dev br0 type bridge mcast_snooping 0"),
    (
      .inside(container: "second", .setAddress(mac)),
      "nsenter -t \"$PID_OF_SECOND\" -n sh -c 'ip link set dev eth0 address 02:00:00:00:00:01'"
    ),
    (
      .inside(
        container: "second",
        .sendAs(.v4(IPv4Address(172, 18, 0, 2)), via: .v4(IPv4Address(172, 18, 0, 1)))
      ),
      "nsenter -t \"$PID_OF_SECOND\" -n sh -c 'ip route replace default via 172.18.0.1 src 172.18.0.2'"
    ),
    (
      .routing(.addRoute(to: everything, via: gateway, link: "eth0", table: 100)),
      "ip route add default via 198.18.0.0 dev eth0 table 100"
    ),
    (.routing(.deleteRoute(to: everything, table: 254)), "ip route del default"),
    (
      .routing(.addMarkRule(mark: 1, family: .v4, table: 100, priority: 100)),
      "ip rule add pref 100 fwmark 1 lookup 100"
    ),
  ])
  func `an action's command is what an administrator would type`(action: Action, command: String) {
    #expect(action.command == command)
  }

  @Test func `a container joins by its port`() {
    var generator = SeededGenerator(seed: 1)
    let container = Topology.founding.container(
      "late",
      position: 3,
      portAddress: Self.mac,
      using: &generator
    )
    #expect(
      Action.join(container).command
        == "ip link add veth-late address 02:00:00:00:00:01 type veth peer name eth0 netns late"
    )
  }

  @Test(arguments: IPFamily.allCases) func `an address moves inside its container, never on the host`(
    family: IPFamily
  ) throws {
    let gateway: IPAddress = family == .v4 ? .v4(IPv4Address(172, 18, 0, 1)) : .v6(.loopback)
    let (old, new) = family == .v4 ? ("172.18.0.5/16", "172.18.0.2/16") : ("fd00:18::5/64", "fd00:18::2/64")
    let command = Action.moveAddress(
      container: "second",
      from: try #require(IPPrefix(old)),
      to: try #require(IPPrefix(new)),
      gateway: gateway
    ).command
    #expect(command.hasPrefix("nsenter -t \"$PID_OF_SECOND\" -n sh -c 'ip address del \(old) dev eth0; "))
    #expect(command.contains("ip address add \(new) dev eth0"))
    #expect(command.hasSuffix("ip route replace default via \(gateway)'"))
  }

  @Test(arguments: [("172.18.0.1/16", ""), ("fd00:18::1/64", " nodad")])
  func `addresses come and go, and IPv6 ones can be used at once`(address: String, nodad: String) throws {
    let prefix = try #require(IPPrefix(address))
    #expect(Action.addAddress(link: "br0", prefix).command == "ip address add \(address) dev br0\(nodad)")
    #expect(Action.removeAddress(link: "br0", prefix).command == "ip address del \(address) dev br0")
    #expect(
      Action.addBridge("br1", Self.mac, [prefix]).command
        == "ip link add br1 address 02:00:00:00:00:01 type bridge; ip address add \(address) dev br1\(nodad);"
        + " ip link set dev br1 up"
    )
    let everything = try #require(IPPrefix(nodad.isEmpty ? .v4(.any) : .v6(.any), length: 0))
    let option = nodad.isEmpty ? "" : "-6 "
    #expect(
      Action.routing(.replaceRoute(to: everything, via: nil, link: "veth-other")).command
        == "ip \(option)route replace default dev veth-other"
    )
  }

  @Test(arguments: Fault.all.map(\.id), IPFamily.allCases)
  func `commands are one line of ASCII, and quote evenly`(id: String, family: IPFamily) throws {
    let fault = try #require(Fault.named(id))
    var generator = SeededGenerator(seed: 2)
    var plan = fault.topology.host(0, using: &generator)
    fault.ground(&plan)
    fault.shape(&plan)
    let disturbances = fault.parts.flatMap { $0.disturbance(plan, &generator) }
    let commands = (fault.apply(plan, family) + fault.cure(plan, family) + disturbances).map(\.command)
    #expect(!commands.isEmpty)
    for command in commands {
      #expect(command.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
      #expect(command.count { $0 == "'" } % 2 == 0 && command.count { $0 == "\"" } % 2 == 0)
    }
  }
}
