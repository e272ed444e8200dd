public import NetlinkCodec
public import NetworkTypes
internal import SystemPackage
internal import WireFormat

extension NetlinkConnection {
  /// Neighbour entries, of one family or of both, of one interface or of all. Equivalent to:
  /// `ip neighbour show nud all`.
  public func neighbours(
    _ family: AddressFamily = .unspecified,
    on index: InterfaceIndex? = nil
  ) throws(NetlinkError) -> [Neighbour] {
    var request = Neighbour()
    request.family = family
    request.remoteInterface = index
    return try dump(
      .getNeighbour,
      of: .newNeighbour,
      for: Purpose("list", "neighbours"),
      request.write(to:),
      Neighbour.init
    )
  }

  /// The addresses that this host answers for on behalf of others. Equivalent to:
  /// `ip neighbour show proxy`.
  public func proxyNeighbours(_ family: AddressFamily = .unspecified) throws(NetlinkError) -> [Neighbour] {
    var request = Neighbour()
    request.family = family
    request.flags = .proxy
    return try dump(
      .getNeighbour,
      of: .newNeighbour,
      for: Purpose("list", "proxied neighbours"),
      request.write(to:),
      Neighbour.init
    )
  }

  /// The entry of an address, or nil if there is none. Equivalent to: `ip neighbour get ADDRESS dev NAME`.
  public func neighbour(
    _ address: IPAddress,
    on index: InterfaceIndex
  ) throws(NetlinkError) -> Neighbour? {
    var found: Neighbour?
    do {
      try perform(
        .getNeighbour,
        for: Purpose("read", "neighbour \(address) on \(self.describe(index))"),
        Neighbour(address, on: index).write(to:)
      ) { (header, payload) throws(WireError) in
        if header.type == .newNeighbour { found = try Neighbour(&payload) }
      }
    } catch  where error.errno == .noSuchFileOrDirectory {
      return nil
    }
    return found
  }

  /// Makes an entry, or changes it. Equivalent to:
  /// `ip neighbour replace ADDRESS lladdr LINK-LAYER-ADDRESS dev NAME nud STATE`.
  public func setNeighbour(
    _ address: IPAddress,
    on index: InterfaceIndex,
    linkLayerAddress: MACAddress?,
    state: NeighbourState = .permanent
  ) throws(NetlinkError) {
    var neighbour = Neighbour(address, on: index)
    neighbour.linkLayerAddress = linkLayerAddress
    neighbour.state = state
    try perform(
      .newNeighbour,
      [.create, .replace],
      for: Purpose("set", "neighbour \(address) on \(self.describe(index))"),
      neighbour.write(to:)
    )
  }

  /// Removes an entry. Equivalent to: `ip neighbour delete ADDRESS dev NAME`.
  public func deleteNeighbour(_ address: IPAddress, on index: InterfaceIndex) throws(NetlinkError) {
    try perform(
      .deleteNeighbour,
      for: Purpose("delete", "neighbour \(address) on \(self.describe(index))"),
      Neighbour(address, on: index).write(to:)
    )
  }

  /// The forwarding databases of all bridges, or of one, and what other devices filter. Equivalent to:
  /// `bridge fdb show`, for one bridge `bridge fdb show br NAME`.
  public func forwardingDatabase(of bridge: InterfaceIndex? = nil) throws(NetlinkError) -> [Neighbour] {
    var request = Neighbour()
    request.family = .bridge
    request.master = bridge
    return try dump(
      .getNeighbour,
      of: .newNeighbour,
      for: Purpose("list", "forwarding entries"),
      request.write(to:),
      Neighbour.init
    )
  }

  /// Makes an entry in the forwarding database of the bridge that a port belongs to, or changes it. Equivalent
  /// to: `bridge fdb replace ADDRESS dev NAME master static`, with the state `permanent` … `local`.
  public func setForwardingEntry(
    _ address: MACAddress,
    on port: InterfaceIndex,
    vlan: UInt16? = nil,
    state: NeighbourState = [.reachable, .noARP]
  ) throws(NetlinkError) {
    var entry = Neighbour(address, on: port, vlan: vlan)
    entry.state = state
    try perform(
      .newNeighbour,
      [.create, .replace],
      for: Purpose("set", "forwarding entry \(address) on \(self.describe(port))"),
      entry.write(to:)
    )
  }

  /// Removes an entry from the forwarding database of the bridge that a port belongs to. Equivalent to:
  /// `bridge fdb delete ADDRESS dev NAME master`.
  public func deleteForwardingEntry(
    _ address: MACAddress,
    on port: InterfaceIndex,
    vlan: UInt16? = nil
  ) throws(NetlinkError) {
    try perform(
      .deleteNeighbour,
      for: Purpose("delete", "forwarding entry \(address) on \(self.describe(port))"),
      Neighbour(address, on: port, vlan: vlan).write(to:)
    )
  }
}

extension Neighbour {
  init(_ address: IPAddress, on index: InterfaceIndex) {
    self.init()
    family = AddressFamily(address.family)
    self.index = index
    self.address = address
  }

  init(_ address: MACAddress, on port: InterfaceIndex, vlan: UInt16?) {
    self.init()
    family = .bridge
    flags = .master
    index = port
    linkLayerAddress = address
    self.vlan = vlan
  }
}
