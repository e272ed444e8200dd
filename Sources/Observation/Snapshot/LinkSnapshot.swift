public import NetworkTypes

/// One interface at one moment.
public struct LinkSnapshot: Codable, Hashable, Sendable {
  /// The interface's number.
  public var index: InterfaceIndex
  /// Its name.
  public var name: String
  /// Its kind, such as "bridge", "veth" or "vxlan"; nil for a physical one and the loopback.
  public var kind: String?
  /// Its link address; nil if it has none, or one that isn't Ethernet's.
  public var address: MACAddress?
  /// The address that the hardware was made with.
  public var permanentAddress: MACAddress?
  /// Who chose the address (`/sys/class/net/NAME/addr_assign_type`).
  public var addressAssignment: Reading<AddressAssignment>
  /// The largest packet, in octets.
  public var mtu: UInt32?
  /// The bridge (or other master) that it is a port of.
  public var master: InterfaceIndex?
  /// As a veth (or a VLAN): the interface that it is tied to.
  public var peer: PeerSnapshot?
  /// The flags that are set, as ip-link(8) prints them, such as "UP" and "PROMISC"; without those that follow from
  /// the carrier ("LOWER_UP", "NO-CARRIER").
  public var flags: [String]
  /// The operational state as ip-link(8) prints it, such as "UP", "DOWN" or "UNKNOWN".
  public var state: String?
  /// Whether there is a carrier.
  public var hasCarrier: Bool?
  /// The length of the transmit queue.
  public var transmitQueueLength: UInt32?
  /// Other names.
  public var alternativeNames: [String]
  /// 64-bit counters by their names in /sys/class/net/NAME/statistics, such as "rx_packets", and
  /// "rx_otherhost_dropped" (since Linux 5.19), which only netlink has; also "linklocal_allowance_exceeded" of
  /// Amazon's adapters, which only ETHTOOL_GSTATS has.
  public var statistics: [String: UInt64]
  /// As a bridge: its options, by their names in /sys/class/net/NAME/bridge and in the same form and units
  /// (`stp_state`, `forward_delay` in hundredths of a second, `vlan_filtering`, `multicast_snooping`, …); without
  /// running timers.
  public var bridge: [String: String]?
  /// As a bridge's port: its options, by their names in /sys/class/net/NAME/brport and in the same form
  /// (`state`, `path_cost`, `isolated`, `hairpin_mode`, `unicast_flood`, `learning`, `proxyarp`, …).
  public var port: [String: String]?
  /// Other options of its kind that a lab would need to make it again, such as a VLAN's "id".
  public var options: [String: String]

  /// An interface.
  public init(
    index: InterfaceIndex,
    name: String,
    kind: String? = nil,
    address: MACAddress? = nil,
    permanentAddress: MACAddress? = nil,
    addressAssignment: Reading<AddressAssignment> = .absent,
    mtu: UInt32? = 1500,
    master: InterfaceIndex? = nil,
    peer: PeerSnapshot? = nil,
    flags: [String] = ["UP"],
    state: String? = nil,
    hasCarrier: Bool? = nil,
    transmitQueueLength: UInt32? = nil,
    alternativeNames: [String] = [],
    statistics: [String: UInt64] = [:],
    bridge: [String: String]? = nil,
    port: [String: String]? = nil,
    options: [String: String] = [:]
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.address = address
    self.permanentAddress = permanentAddress
    self.addressAssignment = addressAssignment
    self.mtu = mtu
    self.master = master
    self.peer = peer
    self.flags = flags
    self.state = state
    self.hasCarrier = hasCarrier
    self.transmitQueueLength = transmitQueueLength
    self.alternativeNames = alternativeNames
    self.statistics = statistics
    self.bridge = bridge
    self.port = port
    self.options = options
  }

  /// Whether it is set up (IFF_UP).
  public var isUp: Bool { flags.contains("UP") }
}

/// The other end of an interface.
public struct PeerSnapshot: Codable, Hashable, Sendable {
  /// Its number there.
  public var index: InterfaceIndex
  /// Its namespace's id in the snapshot; nil if it is in one that isn't in the snapshot.
  public var namespace: String?

  /// The other end.
  public init(index: InterfaceIndex, namespace: String?) {
    self.index = index
    self.namespace = namespace
  }
}

extension AddressAssignment: Codable {}
