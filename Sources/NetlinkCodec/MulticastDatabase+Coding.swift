internal import NetworkTypes
public import WireFormat

/// The numbers of a multicast database's attributes at their three levels (`linux/if_bridge.h`).
private enum DatabaseAttribute: UInt16 {
  /// MDBA_MDB
  case database = 1
}

private enum GroupAttribute: UInt16 {
  /// MDBA_MDB_ENTRY
  case group = 1
}

private enum EntryAttribute: UInt16 {
  /// MDBA_MDB_ENTRY_INFO
  case entry = 1
}

extension MulticastDatabase {
  /// Decodes what follows the message header: `struct br_port_msg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(8, field: "br_port_msg")
    family = AddressFamily(rawValue: try reader.readByte())
    try reader.skip(3)
    index = InterfaceIndex(try reader.readNative())
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch DatabaseAttribute(rawValue: type & attributeTypeMask) {
      // Of orders, the same number means an entry alone (`MDBA_SET_ENTRY`).
      case .database where value.remaining != MulticastEntry.size && groups == nil:
        try readGroups(&value)
      default: try unknown.append(type, &value)
      }
    }
  }

  private mutating func readGroups(_ reader: inout ByteReader) throws(WireError) {
    var groups: [MulticastGroup] = []
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      guard GroupAttribute(rawValue: type & attributeTypeMask) == .group else {
        return try unknownGroups.append(type, &value)
      }
      var group = MulticastGroup()
      try value.forEachRawAttribute { (type, value) throws(WireError) in
        if EntryAttribute(rawValue: type & attributeTypeMask) == .entry {
          group.entries.append(try MulticastEntry(attribute: &value))
        } else {
          try group.unknown.append(type, &value)
        }
      }
      groups.append(group)
    }
    self.groups = groups
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.writeZeros(3)
    writer.writeNative(index.rawValue)
    if let groups {
      try writer.putNest(DatabaseAttribute.database) { writer throws(WireError) in
        for group in groups {
          try writer.putNest(GroupAttribute.group) { writer throws(WireError) in
            for entry in group.entries {
              try writer.putNest(EntryAttribute.entry) { writer in entry.write(to: &writer) }
            }
            group.unknown.write(to: &writer)
          }
        }
        unknownGroups.write(to: &writer)
      }
    }
    unknown.write(to: &writer)
  }
}
