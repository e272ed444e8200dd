internal import NetworkTypes
public import WireFormat

extension Rule {
  /// Decodes what follows the message header: `struct fib_rule_hdr` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(12, field: "fib_rule_hdr")
    family = AddressFamily(rawValue: try reader.readByte())
    destinationLength = try reader.readByte()
    sourceLength = try reader.readByte()
    typeOfService = try reader.readByte()
    headerTable = try reader.readByte()
    try reader.skip(2)
    action = RuleAction(rawValue: try reader.readByte())
    flags = try reader.readNative()
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch RuleAttribute(rawValue: type & attributeTypeMask) {
      case .destinationAddress where value.remaining == 4 || value.remaining == 16:
        try value.take(&destinationAddress)
      case .sourceAddress where value.remaining == 4 || value.remaining == 16: try value.take(&sourceAddress)
      case .inputInterface: try value.take(&inputInterface)
      case .target: try value.take(&target)
      case .priority: try value.take(&priority)
      case .mark: try value.take(&mark)
      case .flow: try value.take(&flow)
      case .tunnel: tunnel = try value.takeBigEndian()
      case .suppressedGroup: try value.take(&suppressedGroup)
      case .suppressedPrefixLength: try value.take(&suppressedPrefixLength)
      case .extendedTable: try value.take(&extendedTable)
      case .markMask: try value.take(&markMask)
      case .outputInterface: try value.take(&outputInterface)
      case .usesMasterTable: try value.take(&usesMasterTable)
      case .users: try value.take(&users)
      case .ruleProtocol: try value.take(&ruleProtocol)
      case .ipProtocol: try value.take(&ipProtocol)
      case .sourcePorts: try value.take(&sourcePorts)
      case .destinationPorts: try value.take(&destinationPorts)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.write(destinationLength)
    writer.write(sourceLength)
    writer.write(typeOfService)
    writer.write(headerTable)
    writer.writeZeros(2)
    writer.write(action.rawValue)
    writer.writeNative(flags)
    try writer.put(RuleAttribute.destinationAddress, destinationAddress)
    try writer.put(RuleAttribute.sourceAddress, sourceAddress)
    try writer.put(RuleAttribute.inputInterface, inputInterface)
    try writer.put(RuleAttribute.target, target)
    try writer.put(RuleAttribute.priority, priority)
    try writer.put(RuleAttribute.mark, mark)
    try writer.put(RuleAttribute.flow, flow)
    try writer.putBigEndian(RuleAttribute.tunnel, tunnel)
    try writer.put(RuleAttribute.suppressedGroup, suppressedGroup)
    try writer.put(RuleAttribute.suppressedPrefixLength, suppressedPrefixLength)
    try writer.put(RuleAttribute.extendedTable, extendedTable)
    try writer.put(RuleAttribute.markMask, markMask)
    try writer.put(RuleAttribute.outputInterface, outputInterface)
    try writer.put(RuleAttribute.usesMasterTable, usesMasterTable)
    try writer.put(RuleAttribute.users, users)
    try writer.put(RuleAttribute.ruleProtocol, ruleProtocol)
    try writer.put(RuleAttribute.ipProtocol, ipProtocol)
    try writer.put(RuleAttribute.sourcePorts, sourcePorts)
    try writer.put(RuleAttribute.destinationPorts, destinationPorts)
    unknown.write(to: &writer)
  }
}
