public import NetlinkCodec
public import NetworkTypes
internal import SystemPackage
internal import WireFormat

extension NetlinkConnection {
  /// All links of the namespace. Equivalent to: `ip -d link show`, with statistics `ip -d -s link show`.
  public func links(statistics: Bool = true) throws(NetlinkError) -> [Link] {
    var request = Link()
    // This spares the kernel the counters of IPv6 only; the others come anyway.
    if !statistics { request.extensions = .withoutStatistics }
    return try dump(.getLink, of: .newLink, for: Purpose("list", "links"), request.write(to:)) {
      payload throws(WireError) in
      var link = try Link(&payload)
      if !statistics { link.statistics = nil }
      return link
    }
  }

  /// The link with this name, which may also be one of its alternative names. Equivalent to:
  /// `ip link show NAME`.
  public func link(named name: String) throws(NetlinkError) -> Link {
    var request = Link()
    if name.utf8.count < 16 { request.name = name } else { request.alternativeName = name }
    return try link(request, Purpose("read", "link \(name)"))
  }

  /// The link with this number. Equivalent to: `ip link show dev NAME`.
  public func link(at index: InterfaceIndex) throws(NetlinkError) -> Link {
    var request = Link()
    request.index = index
    return try link(request, Purpose("read", "link \(index)"))
  }

  private func link(_ request: Link, _ purpose: Purpose) throws(NetlinkError) -> Link {
    var found: Link?
    try perform(.getLink, for: purpose, request.write(to:)) { (header, payload) throws(WireError) in
      if header.type == .newLink { found = try Link(&payload) }
    }
    guard let found else { throw purpose.error(.refused, .noSuchAddressOrDevice) }
    return found
  }

  /// Changes what `change` names, and nothing else. Equivalent to: `ip link set dev NAME …`.
  public func changeLink(_ index: InterfaceIndex, _ change: LinkChange) throws(NetlinkError) {
    try perform(.newLink, for: Purpose("change", self.describe(index)), change.request(index).write(to:))
  }

  /// Changes a bridge's parameters that are not nil. Equivalent to:
  /// `ip link set dev NAME type bridge …`.
  public func changeBridge(
    _ index: InterfaceIndex,
    _ attributes: BridgeAttributes
  ) throws(NetlinkError) {
    var link = Link()
    link.index = index
    link.kind = .bridge(attributes)
    try perform(.newLink, for: Purpose("change", self.describe(index)), link.write(to:))
  }

  /// Changes a bridge port's parameters that are not nil. Equivalent to: `bridge link set dev NAME …`.
  public func changeBridgePort(_ index: InterfaceIndex, _ attributes: BridgePort) throws(NetlinkError) {
    var link = Link()
    link.family = .bridge
    link.index = index
    link.bridgePort = attributes
    try perform(.setLink, for: Purpose("change", "bridge port " + self.describe(index)), link.write(to:))
  }

  /// Adds alternative names. Equivalent to: `ip link property add dev NAME altname OTHER`.
  public func addAlternativeNames(_ names: [String], to index: InterfaceIndex) throws(NetlinkError) {
    try perform(
      .newLinkProperty,
      [.create, .exclusive, .append],
      for: Purpose("name", self.describe(index)),
      Link.properties(of: index, names).write(to:)
    )
  }

  /// Removes alternative names. Equivalent to: `ip link property del dev NAME altname OTHER`.
  public func removeAlternativeNames(_ names: [String], from index: InterfaceIndex) throws(NetlinkError) {
    try perform(
      .deleteLinkProperty,
      for: Purpose("unname", self.describe(index)),
      Link.properties(of: index, names).write(to:)
    )
  }

  /// "link NAME (NUMBER)", or without the name if there is no such link. Asked for only after a failure.
  func describe(_ index: InterfaceIndex) -> String {
    var request = Link()
    request.index = index
    request.extensions = .withoutStatistics
    let found = try? link(request, Purpose("read", "link"))
    guard let name = found?.name else { return "link \(index)" }
    return "link \(name) (\(index))"
  }
}

extension Link {
  /// The number alone of a link that the kernel describes.
  static func index(_ reader: inout ByteReader) throws(WireError) -> InterfaceIndex {
    try reader.skip(4, field: "ifinfomsg")
    return InterfaceIndex(try reader.readNative())
  }

  fileprivate static func properties(of index: InterfaceIndex, _ names: [String]) -> Link {
    var link = Link()
    link.index = index
    link.alternativeNames = names
    return link
  }
}
