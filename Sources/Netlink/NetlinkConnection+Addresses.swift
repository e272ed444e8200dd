public import NetlinkCodec
public import NetworkTypes
internal import WireFormat

extension NetlinkConnection {
  /// All addresses of the namespace's interfaces. Equivalent to: `ip address show`.
  public func addresses() throws(NetlinkError) -> [InterfaceAddress] {
    try dump(
      .getAddress,
      of: .newAddress,
      for: Purpose("list", "addresses"),
      InterfaceAddress().write(to:),
      InterfaceAddress.init
    )
  }

  /// Gives an interface an address. Equivalent to: `ip address add PREFIX dev NAME`, with a peer
  /// `ip address add ADDRESS peer PEER/LENGTH dev NAME`.
  ///
  /// - Parameter skipsDuplicateDetection: Whether an IPv6 address may be used at once (`nodad`), without the
  ///   seconds of duplicate address detection (RFC 4862 section 5.4). Without meaning for IPv4.
  public func addAddress(
    _ prefix: IPPrefix,
    to index: InterfaceIndex,
    peer: IPAddress? = nil,
    skipsDuplicateDetection: Bool = true
  ) throws(NetlinkError) {
    var address = InterfaceAddress(prefix, of: index, peer: peer)
    if skipsDuplicateDetection, prefix.address.family == .v6 {
      address.headerFlags = UInt8(truncatingIfNeeded: AddressFlags.withoutDuplicateDetection.rawValue)
    }
    try perform(
      .newAddress,
      [.create, .exclusive],
      for: Purpose("add", "address \(prefix) to \(self.describe(index))"),
      address.write(to:)
    )
  }

  /// Takes an address away. Equivalent to: `ip address delete PREFIX dev NAME`.
  public func deleteAddress(
    _ prefix: IPPrefix,
    from index: InterfaceIndex,
    peer: IPAddress? = nil
  ) throws(NetlinkError) {
    try perform(
      .deleteAddress,
      for: Purpose("delete", "address \(prefix) of \(self.describe(index))"),
      InterfaceAddress(prefix, of: index, peer: peer).write(to:)
    )
  }
}

extension InterfaceAddress {
  init(_ prefix: IPPrefix, of index: InterfaceIndex, peer: IPAddress?) {
    self.init()
    family = AddressFamily(prefix.address.family)
    prefixLength = UInt8(truncatingIfNeeded: prefix.length)
    scope = prefix.address.isLoopback ? .host : .universe
    self.index = index
    local = prefix.address
    prefixAddress = peer ?? prefix.address
  }
}

extension IPAddress {
  fileprivate var isLoopback: Bool {
    switch self {
    case .v4(let address): address.rawValue >> 24 == 127
    case .v6(let address): address == .loopback
    }
  }
}
