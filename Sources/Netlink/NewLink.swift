public import LinuxSystem
public import NetlinkCodec
public import NetworkTypes

/// A link to be made.
public struct NewLink {
  /// What kind of link to make.
  public enum Kind {
    /// A bridge; what its attributes leave out has the kernel's default.
    case bridge(BridgeAttributes = BridgeAttributes())
    /// A virtual cable with another end.
    case veth(peer: NewPeer)
    /// Any other kind: the kernel's name, such as "vlan", and its encoded parameters.
    case other(name: String, data: [UInt8]? = nil)
  }

  /// The name, at most 15 bytes; with %d in it the kernel counts, such as "veth%d".
  public var name: String
  /// What kind of link to make.
  public var kind: Kind
  /// The link-layer address. Without one the kernel chooses at random, and a bridge goes on choosing as ports
  /// come and go.
  public var address: MACAddress?
  /// Whether to switch it on.
  public var isUp: Bool
  /// The bridge to join, or another master.
  public var master: InterfaceIndex?
  /// The largest packet, in bytes.
  public var mtu: UInt32?

  /// A link to be made.
  public init(
    name: String,
    kind: Kind,
    address: MACAddress? = nil,
    isUp: Bool = false,
    master: InterfaceIndex? = nil,
    mtu: UInt32? = nil
  ) {
    self.name = name
    self.kind = kind
    self.address = address
    self.isUp = isUp
    self.master = master
    self.mtu = mtu
  }
}

/// The other end of a veth to be made.
public struct NewPeer {
  /// The name, at most 15 bytes.
  public var name: String
  /// The link-layer address; the kernel chooses at random without one.
  public var address: MACAddress?
  /// The namespace in which it is made at once, which costs far less than moving it there; nil for the
  /// namespace of the first end.
  public var namespace: NetworkNamespace?
  /// Whether to switch it on.
  public var isUp: Bool
  /// The largest packet, in bytes.
  public var mtu: UInt32?

  /// An end to be made.
  public init(
    name: String,
    address: MACAddress? = nil,
    namespace: NetworkNamespace? = nil,
    isUp: Bool = false,
    mtu: UInt32? = nil
  ) {
    self.name = name
    self.address = address
    self.namespace = namespace
    self.isUp = isUp
    self.mtu = mtu
  }
}

extension NewLink {
  /// The link as a request describes it.
  var request: Link {
    var link = Link()
    link.name = name
    link.address = address
    link.master = master
    link.mtu = mtu
    if isUp {
      link.flags.insert(.up)
      link.changedFlags.insert(.up)
    }
    switch kind {
    case .bridge(let attributes): link.kind = .bridge(attributes)
    case .veth(let peer): link.kind = .veth(VethAttributes(peer: peer.request))
    case .other(let name, let data): link.kind = .other(name: name, data: data)
    }
    return link
  }
}

extension NewPeer {
  var request: Link {
    var link = Link()
    link.name = name
    link.address = address
    link.namespaceDescriptor = namespace?.rawDescriptor
    link.mtu = mtu
    return link
  }
}
