public import NetworkTypes
internal import WireFormat

/// One way of a multipath route (`struct rtnexthop` and `RTA_*`, `linux/rtnetlink.h`).
public struct NextHop: Hashable, Sendable {
  /// Flags (`RTNH_F_*`): 1 dead, 4 on-link, 16 carrier down.
  public var flags: UInt8 = 0
  /// The weight less 1 (`rtnh_hops`).
  public var hops: UInt8 = 0
  /// The interface that packets leave by.
  public var index = InterfaceIndex(0)
  /// The next router. The corresponding kernel constant is `RTA_GATEWAY` (`linux/rtnetlink.h`).
  public var gateway: IPAddress?
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// A way by this interface.
  public init(by index: InterfaceIndex = InterfaceIndex(0), gateway: IPAddress? = nil, weight: Int = 1) {
    self.index = index
    self.gateway = gateway
    hops = UInt8(clamping: weight - 1)
  }

  /// Its share of the traffic in proportion to the others'.
  public var weight: Int { Int(hops) + 1 }
}

extension NextHop {
  static func list(_ reader: inout ByteReader) throws(WireError) -> [NextHop] {
    var hops: [NextHop] = []
    while !reader.isAtEnd {
      try reader.require(8, field: "rtnexthop")
      let start = reader.offset
      let available = reader.remaining
      let length = Int(try reader.readNative(UInt16.self))
      guard length >= 8, length <= available else {
        throw WireError(.invalidLength(length), offset: start, field: "rtnexthop")
      }
      var hop = NextHop()
      hop.flags = try reader.readByte()
      hop.hops = try reader.readByte()
      hop.index = InterfaceIndex(try reader.readNative())
      var attributes = try reader.readReader(length - 8)
      try reader.skipAlignment(after: length)
      try attributes.forEachRawAttribute { (type, value) throws(WireError) in
        switch RouteAttribute(rawValue: type & attributeTypeMask) {
        case .gateway where value.remaining == 4 || value.remaining == 16: try value.take(&hop.gateway)
        default: try hop.unknown.append(type, &value)
        }
      }
      hops.append(hop)
    }
    return hops
  }

  func write(to writer: inout ByteWriter) throws(WireError) {
    let start = writer.count
    writer.writeNative(0 as UInt16)
    writer.write(flags)
    writer.write(hops)
    writer.writeNative(index.rawValue)
    try writer.put(RouteAttribute.gateway, gateway)
    unknown.write(to: &writer)
    guard let length = UInt16(exactly: writer.count - start) else {
      throw WireError(.invalidLength(writer.count - start), offset: start, field: "rtnexthop")
    }
    writer.patchNative(length, at: start)
  }
}
