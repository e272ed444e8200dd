public import NetworkTypes

/// What udev's link policies match an interface by.
public struct LinkIdentity: Hashable, Sendable {
  /// The name that the kernel or its maker gave it.
  public var name: String
  /// The kind in the kernel's words, such as "bridge"; nil for a physical one.
  public var kind: String?
  /// The type as `networkctl list` prints it; nil if it isn't known.
  public var type: String?
  /// The driver as `ethtool -i` prints it; nil if it isn't known.
  public var driver: String?
  /// Its present link address; nil if it isn't known.
  public var address: MACAddress?
  /// The address that the hardware was made with; nil if it isn't known. Virtual interfaces have none.
  public var permanentAddress: MACAddress?

  /// An interface. Type and driver of the usual virtual kinds are known by themselves.
  public init(
    name: String,
    kind: String?,
    type: String? = nil,
    driver: String? = nil,
    address: MACAddress? = nil,
    permanentAddress: MACAddress? = nil
  ) {
    self.name = name
    self.kind = kind
    self.type = type ?? kind.flatMap { Self.known[$0]?.type }
    self.driver = driver ?? kind.flatMap { Self.known[$0]?.driver }
    self.address = address
    self.permanentAddress = permanentAddress
  }

  /// Whether it is no hardware.
  public var isVirtual: Bool { kind != nil }

  /// The device type that the kernel tells udev (`SET_NETDEV_DEVTYPE`), or else the hardware type, and the driver's
  /// name, by kind.
  private static let known: [String: (type: String, driver: String)] = [
    "bridge": ("bridge", "bridge"), "veth": ("ether", "veth"), "vlan": ("vlan", "802.1Q VLAN Support"),
    "bond": ("bond", "bonding"), "vxlan": ("vxlan", "vxlan"), "dummy": ("ether", "dummy"),
  ]
}
