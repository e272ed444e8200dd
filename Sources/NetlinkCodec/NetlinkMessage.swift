public import WireFormat

/// A message of the routing subsystem, of whatever type.
public struct NetlinkMessage: Hashable, Sendable {
  /// What a message says after its header.
  public enum Body: Hashable, Sendable {
    /// A link, or a question or an order about one.
    indirect case link(Link)
    /// An address.
    case address(InterfaceAddress)
    /// A route.
    indirect case route(Route)
    /// A neighbour or forwarding entry.
    case neighbour(Neighbour)
    /// A routing rule.
    indirect case rule(Rule)
    /// A bridge's multicast database.
    case multicast(MulticastDatabase)
    /// The number of a network namespace.
    case namespaceIdentifier(NamespaceIdentifier)
    /// The kernel's answer to a request.
    case acknowledgement(ExtendedAcknowledgement)
    /// The end of a listing.
    case done(ExtendedAcknowledgement)
    /// Anything else, as it came.
    case other([UInt8])
  }

  /// The header. Its length is filled in when the message is written.
  public var header: NetlinkHeader
  /// What follows.
  public var body: Body

  /// A message from its parts.
  public init(header: NetlinkHeader, body: Body) {
    self.header = header
    self.body = body
  }
}

extension NetlinkMessage {
  /// Decodes what follows the header.
  public init(_ header: NetlinkHeader, _ payload: inout ByteReader) throws(WireError) {
    self.header = header
    switch header.type {
    case .newLink, .deleteLink, .getLink, .setLink, .newLinkProperty, .deleteLinkProperty:
      body = .link(try Link(&payload))
    case .newAddress, .deleteAddress, .getAddress: body = .address(try InterfaceAddress(&payload))
    case .newRoute, .deleteRoute, .getRoute: body = .route(try Route(&payload))
    case .newNeighbour, .deleteNeighbour, .getNeighbour: body = .neighbour(try Neighbour(&payload))
    case .newRule, .deleteRule, .getRule: body = .rule(try Rule(&payload))
    case .newMulticast, .deleteMulticast, .getMulticast: body = .multicast(try MulticastDatabase(&payload))
    case .newNamespaceIdentifier, .getNamespaceIdentifier:
      body = .namespaceIdentifier(try NamespaceIdentifier(&payload))
    case .error: body = .acknowledgement(try ExtendedAcknowledgement(&payload, flags: header.flags))
    case .done: body = .done(try ExtendedAcknowledgement(done: &payload, flags: header.flags))
    default: body = .other(payload.readRemainingBytes())
    }
  }

  /// All messages in bytes that were received at once.
  public static func decodeAll(_ bytes: [UInt8]) throws(WireError) -> [NetlinkMessage] {
    var messages: [NetlinkMessage] = []
    var reader = ByteReader(bytes.span)
    try reader.forEachNetlinkMessage { (header, payload) throws(WireError) in
      messages.append(try NetlinkMessage(header, &payload))
    }
    return messages
  }

  /// Encodes header and body. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    try writer.writeNetlinkMessage(header) { writer throws(WireError) in
      switch body {
      case .link(let link): try link.write(to: &writer)
      case .address(let address): try address.write(to: &writer)
      case .route(let route): try route.write(to: &writer)
      case .neighbour(let neighbour): try neighbour.write(to: &writer)
      case .rule(let rule): try rule.write(to: &writer)
      case .multicast(let database): try database.write(to: &writer)
      case .namespaceIdentifier(let identifier): try identifier.write(to: &writer)
      case .acknowledgement(let answer): try answer.write(to: &writer, flags: header.flags)
      case .done(let answer): try answer.write(doneTo: &writer, flags: header.flags)
      case .other(let bytes): writer.write(bytes)
      }
    }
  }

  /// The message encoded, its length filled in.
  public func encoded() throws(WireError) -> [UInt8] {
    var writer = ByteWriter()
    try write(to: &writer)
    return writer.bytes
  }
}
