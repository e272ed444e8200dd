public import NetworkTypes

extension Route {
  /// The destination; the whole family's address space for a default route; nil for other families.
  public var destination: IPPrefix? { prefix(destinationAddress, destinationLength, family) }

  /// The sources that it applies to; nil for any.
  public var source: IPPrefix? { sourceAddress.flatMap { IPPrefix($0, length: Int(sourceLength)) } }

  /// The table's number; 254 is the main one.
  public var table: UInt32 {
    get { extendedTable ?? UInt32(headerTable) }
    set {
      // A number that the header has no room for is told in the attribute alone (RT_TABLE_UNSPEC).
      headerTable = UInt8(exactly: newValue) ?? 0
      extendedTable = newValue < 256 ? nil : newValue
    }
  }
}

extension Rule {
  /// The destinations that it applies to; all if it doesn't say.
  public var destination: IPPrefix? { prefix(destinationAddress, destinationLength, family) }

  /// The sources that it applies to; all if it doesn't say.
  public var source: IPPrefix? { prefix(sourceAddress, sourceLength, family) }

  /// The table's number; 254 is the main one.
  public var table: UInt32 { extendedTable ?? UInt32(headerTable) }
}

private func prefix(_ address: IPAddress?, _ length: UInt8, _ family: AddressFamily) -> IPPrefix? {
  if let address { return IPPrefix(address, length: Int(length)) }
  switch family {
  case .v4: return IPPrefix(.v4(.any), length: Int(length))
  case .v6: return IPPrefix(.v6(.any), length: Int(length))
  default: return nil
  }
}
