internal import WireFormat

/// What kind of link it is (`IFLA_INFO_KIND` and `IFLA_INFO_DATA`, `linux/if_link.h`).
public enum LinkKind: Hashable, Sendable {
  /// A bridge, with its parameters.
  indirect case bridge(BridgeAttributes)
  /// One end of a virtual cable.
  case veth(VethAttributes)
  /// Any other kind: its name, such as "vlan", and its parameters as they came.
  case other(name: String, data: [UInt8]?)

  /// The kernel's name, such as "bridge".
  public var name: String {
    switch self {
    case .bridge: "bridge"
    case .veth: "veth"
    case .other(let name, _): name
    }
  }
}

extension LinkKind {
  init(name: String) {
    switch name {
    case "bridge": self = .bridge(BridgeAttributes())
    case "veth": self = .veth(VethAttributes())
    default: self = .other(name: name, data: nil)
    }
  }

  mutating func readData(_ reader: inout ByteReader, depth: Int) throws(WireError) {
    switch self {
    case .bridge: self = .bridge(try BridgeAttributes(attributes: &reader))
    case .veth: self = .veth(try VethAttributes(attributes: &reader, depth: depth))
    case .other(let name, _): self = .other(name: name, data: reader.readRemainingBytes())
    }
  }

  func writeData(_ type: some RawRepresentable<UInt16>, to writer: inout ByteWriter) throws(WireError) {
    switch self {
    case .bridge(let attributes):
      if attributes == BridgeAttributes() { return }
      try writer.putNest(type) { writer throws(WireError) in try attributes.write(to: &writer) }
    case .veth(let attributes):
      if attributes == VethAttributes() { return }
      try writer.putNest(type) { writer throws(WireError) in try attributes.write(to: &writer) }
    case .other(_, let data):
      guard let data else { return }
      try writer.putNest(type) { $0.write(data) }
    }
  }
}
