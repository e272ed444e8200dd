internal import WireFormat

/// What is said of a veth besides being a link (`VETH_INFO_*`, `linux/veth.h`): in requests, its other end.
public struct VethAttributes: Hashable, Sendable {
  /// At most one; an array because a link cannot contain a link directly.
  private var peers: [Link] = []
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// The other end, which is made together with the link. The corresponding kernel constant is
  /// `VETH_INFO_PEER` (`linux/veth.h`).
  public var peer: Link? {
    get { peers.first }
    set { peers = newValue.map { [$0] } ?? [] }
  }

  /// A veth whose other end is described by `peer`, or by nothing.
  public init(peer: Link? = nil) { self.peer = peer }
}

/// The numbers of a veth's attributes (`linux/veth.h`).
enum VethAttribute: UInt16 {
  /// VETH_INFO_PEER
  case peer = 1
}

extension VethAttributes {
  init(attributes reader: inout ByteReader, depth: Int) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch VethAttribute(rawValue: type & attributeTypeMask) {
      case .peer: peer = try Link(&value, depth: depth + 1)
      default: try unknown.append(type, &value)
      }
    }
  }

  func write(to writer: inout ByteWriter) throws(WireError) {
    if let peer {
      try writer.putNest(VethAttribute.peer) { writer throws(WireError) in try peer.write(to: &writer) }
    }
    unknown.write(to: &writer)
  }
}
