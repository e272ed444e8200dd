public import NetworkTypes

/// How a lab's hosts are laid out, by name.
///
/// Every host is the founding setup in small: a bridge with containers, forwarding, masquerade on the uplink.
/// All hosts have the same addresses inside, as Docker hosts do, and a point-to-point link each to one upstream
/// namespace, which knows no way back to the containers' subnets.
public struct Topology: Hashable, Sendable {
  /// Where the resolver is.
  public enum ResolverPlace: Hashable, Sendable {
    /// Beyond the uplink, at `Topology.resolverAddresses`: requests cross bridge, forwarding and masquerade.
    case upstream
    /// In a container of this name on the same bridge: requests cross the bridge only.
    case container(String)
    /// On the host itself, at the bridge's addresses: requests pass the input hook.
    case host
  }

  /// What the topology is called.
  public let name: String
  /// The containers' names, in the order of their addresses.
  public let containers: [String]
  /// The container whose port has the smallest link address.
  public let lowest: String
  /// Where the resolver is.
  public let resolver: ResolverPlace

  /// The founding setup: a build that asks, another that is silent, and one behind the port with the smallest
  /// link address; the resolver is upstream.
  public static let founding = Topology(
    name: "founding",
    containers: ["build", "other", "lowest"],
    lowest: "lowest",
    resolver: .upstream
  )

  /// The founding setup with a fourth container, which a fault may turn against the first.
  public static let neighbours = Topology(
    name: "neighbours",
    containers: ["build", "other", "lowest", "second"],
    lowest: "lowest",
    resolver: .upstream
  )

  /// The founding setup with the resolver in a container on the same bridge.
  public static let resolverOnBridge = Topology(
    name: "resolver-on-bridge",
    containers: ["build", "other", "lowest", "dns"],
    lowest: "lowest",
    resolver: .container("dns")
  )

  /// The founding setup with the resolver on the host, at the bridge's addresses.
  public static let resolverOnHost = Topology(
    name: "resolver-on-host",
    containers: ["build", "other", "lowest"],
    lowest: "lowest",
    resolver: .host
  )

  /// The upstream resolver's addresses (documentation ranges, RFC 5737 and RFC 3849).
  public static let resolverAddresses: [IPAddress] = [
    .v4(IPv4Address(192, 0, 2, 53)),
    .v6(IPv6Address(0x2001_0db8_ffff_0000_0000_0000_0000_0053)),
  ]

  /// Where the containers of a host find the resolver.
  public func resolverAddress(_ family: IPFamily, in plan: HostPlan) -> IPAddress? {
    switch resolver {
    case .upstream: Self.resolverAddresses.first { $0.family == family }
    case .container(let name): plan.container(name)?.address(family)
    case .host: plan.bridge.gateways.map(\.address).first { $0.family == family }
    }
  }

  /// The most hosts that a lab can have: their links are numbered within 198.18.0.0/15 (RFC 2544).
  public static let mostHosts = 1000

  /// The plan of host `number`; link addresses are drawn from `generator`, as dockerd and the kernel draw them.
  public func host(_ number: Int, using generator: inout some RandomNumberGenerator) -> HostPlan {
    let drawn = containers.map { _ in MACAddress.random(using: &generator) }.sorted()
    var others = drawn.dropFirst()
    let plans = containers.enumerated().map { position, name in
      let portAddress = name == lowest ? drawn[0] : others.removeFirst()
      return container(name, position: position, portAddress: portAddress, using: &generator)
    }
    return HostPlan(
      number: number,
      bridge: HostPlan.Bridge(
        name: "br0",
        address: MACAddress.random(using: &generator),
        gateways: Self.gateways
      ),
      uplink: Self.uplink(number),
      containers: plans,
      settings: Self.settings,
      ruleset: Self.ruleset,
      resolver: ResolverConfiguration(servers: Self.resolverAddresses.filter { $0.family == .v4 })
    )
  }

  /// A container's plan; the first has the address after the gateway's.
  public func container(
    _ name: String,
    position: Int,
    portAddress: MACAddress,
    using generator: inout some RandomNumberGenerator
  ) -> ContainerPlan {
    ContainerPlan(
      name: name,
      portName: "veth-" + name,
      portAddress: portAddress,
      address: MACAddress.random(using: &generator),
      addresses: Self.addresses(position: position),
      resolver: ResolverConfiguration(servers: servers)
    )
  }

  /// What containers have in /etc/resolv.conf: the resolver's IPv4 address.
  private var servers: [IPAddress] {
    let all: [IPAddress] =
      switch resolver {
      case .upstream: Self.resolverAddresses
      case .host: Self.gateways.map(\.address)
      case .container(let name):
        containers.firstIndex(of: name).map { Self.addresses(position: $0).map(\.address) } ?? []
      }
    return all.filter { $0.family == .v4 }
  }

  static func addresses(position: Int) -> [IPPrefix] {
    [
      IPPrefix(.v4(IPv4Address(172, 18, 0, 2).advanced(by: UInt32(position))), length: 16),
      IPPrefix(.v6(containerSubnet.advanced(by: 2 + UInt128(position))), length: 64),
    ].compactMap(\.self)
  }

  private static let containerSubnet = IPv6Address(0xfd00_0018_0000_0000_0000_0000_0000_0000)

  private static let gateways: [IPPrefix] = [
    IPPrefix(.v4(IPv4Address(172, 18, 0, 1)), length: 16),
    IPPrefix(.v6(containerSubnet.advanced(by: 1)), length: 64),
  ].compactMap(\.self)

  /// Links of two addresses (RFC 3021, RFC 6164): the even one is the upstream's.
  private static func uplink(_ number: Int) -> HostPlan.Uplink {
    let first = IPv4Address(198, 18, 0, 0).advanced(by: UInt32(2 * number))
    let sixth = IPv6Address(0x2001_0db8_0000_0000_0000_0000_0000_0000 | UInt128(number) << 64)
    func ends(_ offset: UInt32) -> [IPPrefix] {
      [
        IPPrefix(.v4(first.advanced(by: offset)), length: 31),
        IPPrefix(.v6(sixth.advanced(by: UInt128(offset))), length: 127),
      ].compactMap(\.self)
    }
    return HostPlan.Uplink(name: "eth0", peerName: "host\(number)", addresses: ends(1), gateways: ends(0))
  }

  /// What a Docker host has, set explicitly: a new namespace takes some from the machine's own. Bridged frames
  /// are kept from netfilter; the fault `br-netfilter` is about what happens otherwise. Without that module, or
  /// without IPv6, there is nothing to set.
  private static let settings = [
    Setting("net.ipv4.ip_forward", "1"),
    Setting("net.ipv6.conf.all.forwarding", "1", isOptional: true),
    Setting("net.ipv4.conf.all.rp_filter", "0"),
    Setting("net.ipv4.conf.default.rp_filter", "0"),
    Setting("net.ipv4.conf.all.arp_notify", "0"),
    Setting("net.ipv4.conf.default.arp_notify", "0"),
    Setting("net.ipv6.conf.all.ndisc_notify", "0", isOptional: true),
    Setting("net.ipv6.conf.default.ndisc_notify", "0", isOptional: true),
    Setting("net.bridge.bridge-nf-call-iptables", "0", isOptional: true),
    Setting("net.bridge.bridge-nf-call-ip6tables", "0", isOptional: true),
    Setting("net.bridge.bridge-nf-call-arptables", "0", isOptional: true),
  ]

  private static let ruleset = """
    table inet nat {
      chain postrouting {
        type nat hook postrouting priority srcnat; policy accept;
        ip saddr 172.18.0.0/16 oifname "eth0" masquerade
        ip6 saddr fd00:18::/64 oifname "eth0" masquerade
      }
    }
    table inet filter {
      chain forward {
        type filter hook forward priority filter; policy accept;
      }
    }
    """
}
