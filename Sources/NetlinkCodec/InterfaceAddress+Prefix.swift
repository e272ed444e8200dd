public import NetworkTypes

extension InterfaceAddress {
  /// The interface's own address.
  public var address: IPAddress? { local ?? prefixAddress }

  /// The interface's own address with the length of its network's prefix.
  public var prefix: IPPrefix? { address.flatMap { IPPrefix($0, length: Int(prefixLength)) } }

  /// The other end of a point-to-point link.
  public var peer: IPAddress? { local == nil || local == prefixAddress ? nil : prefixAddress }

  /// All flags.
  public var flags: AddressFlags { extendedFlags ?? AddressFlags(rawValue: UInt32(headerFlags)) }
}
