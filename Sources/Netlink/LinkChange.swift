public import LinuxSystem
internal import NetlinkCodec
public import NetworkTypes

/// What to change about a link. What is nil stays as it is, also flags that others have set.
public struct LinkChange {
  /// The master to have from now on.
  public enum Master: Hashable, Sendable {
    /// Join this bridge, or another master.
    case join(InterfaceIndex)
    /// Belong to none.
    case leave
  }

  /// Whether it is switched on (`IFF_UP`).
  public var isUp: Bool?
  /// Whether it takes frames for everybody (`IFF_PROMISC`).
  public var isPromiscuous: Bool?
  /// Whether it takes all multicast (`IFF_ALLMULTI`).
  public var takesAllMulticast: Bool?
  /// Whether neighbours are resolved (not `IFF_NOARP`).
  public var resolvesNeighbours: Bool?
  /// The link-layer address. A bridge keeps an address that it was given, whatever ports come and go.
  public var address: MACAddress?
  /// The master.
  public var master: Master?
  /// The largest packet, in bytes.
  public var mtu: UInt32?
  /// The name.
  public var name: String?
  /// A free text.
  public var alias: String?
  /// The number of its group of links.
  public var group: UInt32?
  /// Length of the transmit queue, in packets.
  public var transmitQueueLength: UInt32?
  /// The namespace to move to.
  public var namespace: NetworkNamespace?

  /// Changes; nil for what stays.
  public init(
    isUp: Bool? = nil,
    address: MACAddress? = nil,
    master: Master? = nil,
    mtu: UInt32? = nil,
    name: String? = nil,
    isPromiscuous: Bool? = nil
  ) {
    self.isUp = isUp
    self.address = address
    self.master = master
    self.mtu = mtu
    self.name = name
    self.isPromiscuous = isPromiscuous
  }
}

extension LinkChange {
  /// The change as a request describes it: `ifi_change` has the bits that are meant.
  func request(_ index: InterfaceIndex) -> Link {
    var link = Link()
    link.index = index
    func set(_ flag: LinkFlags, _ isSet: Bool?) {
      guard let isSet else { return }
      link.changedFlags.insert(flag)
      if isSet { link.flags.insert(flag) }
    }
    set(.up, isUp)
    set(.promiscuous, isPromiscuous)
    set(.allMulticast, takesAllMulticast)
    set(.noARP, resolvesNeighbours.map { !$0 })
    link.address = address
    switch master {
    case .join(let index): link.master = index
    case .leave: link.master = InterfaceIndex(0)
    case nil: break
    }
    link.mtu = mtu
    link.name = name
    link.alias = alias
    link.group = group
    link.transmitQueueLength = transmitQueueLength
    link.namespaceDescriptor = namespace?.rawDescriptor
    return link
  }
}
