internal import WireFormat

extension BridgeAttributes {
  init(attributes reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch BridgeAttribute(rawValue: type & attributeTypeMask) {
      case .forwardDelay: try value.takeClock(&forwardDelay, as: UInt32.self)
      case .helloTime: try value.takeClock(&helloTime, as: UInt32.self)
      case .maximumAge: try value.takeClock(&maximumAge, as: UInt32.self)
      case .ageingTime: try value.takeClock(&ageingTime, as: UInt32.self)
      case .stpState: try value.take(&stpState)
      case .priority: try value.take(&priority)
      case .vlanFiltering: try value.take(&vlanFiltering)
      case .vlanProtocol: vlanProtocol = try value.takeBigEndian()
      case .groupForwardMask: try value.take(&groupForwardMask)
      case .rootIdentifier: try value.take(&rootIdentifier)
      case .bridgeIdentifier: try value.take(&bridgeIdentifier)
      case .rootPort: try value.take(&rootPort)
      case .rootPathCost: try value.take(&rootPathCost)
      case .topologyChange: try value.take(&topologyChange)
      case .topologyChangeDetected: try value.take(&topologyChangeDetected)
      case .helloTimer: try value.takeClock(&helloTimer, as: UInt64.self)
      case .topologyChangeNotificationTimer:
        try value.takeClock(&topologyChangeNotificationTimer, as: UInt64.self)
      case .topologyChangeTimer: try value.takeClock(&topologyChangeTimer, as: UInt64.self)
      case .garbageCollectionTimer: try value.takeClock(&garbageCollectionTimer, as: UInt64.self)
      case .groupAddress: try value.take(&groupAddress)
      case .flushesForwardingDatabase: flushesForwardingDatabase = true
      case .multicastRouter: try value.take(&multicastRouter)
      case .multicastSnooping: try value.take(&multicastSnooping)
      case .multicastQueryUsesAddress: try value.take(&multicastQueryUsesAddress)
      case .multicastQuerier: try value.take(&multicastQuerier)
      case .multicastHashElasticity: try value.take(&multicastHashElasticity)
      case .multicastHashMaximum: try value.take(&multicastHashMaximum)
      case .multicastLastMemberCount: try value.take(&multicastLastMemberCount)
      case .multicastStartupQueryCount: try value.take(&multicastStartupQueryCount)
      case .multicastLastMemberInterval: try value.takeClock(&multicastLastMemberInterval, as: UInt64.self)
      case .multicastMembershipInterval: try value.takeClock(&multicastMembershipInterval, as: UInt64.self)
      case .multicastQuerierInterval: try value.takeClock(&multicastQuerierInterval, as: UInt64.self)
      case .multicastQueryInterval: try value.takeClock(&multicastQueryInterval, as: UInt64.self)
      case .multicastQueryResponseInterval:
        try value.takeClock(&multicastQueryResponseInterval, as: UInt64.self)
      case .multicastStartupQueryInterval:
        try value.takeClock(&multicastStartupQueryInterval, as: UInt64.self)
      case .nfCallIptables: try value.take(&nfCallIptables)
      case .nfCallIp6tables: try value.take(&nfCallIp6tables)
      case .nfCallArptables: try value.take(&nfCallArptables)
      case .vlanDefaultPVID: try value.take(&vlanDefaultPVID)
      case .vlanStatistics: try value.take(&vlanStatistics)
      case .multicastStatistics: try value.take(&multicastStatistics)
      case .multicastIGMPVersion: try value.take(&multicastIGMPVersion)
      case .multicastMLDVersion: try value.take(&multicastMLDVersion)
      case .vlanStatisticsPerPort: try value.take(&vlanStatisticsPerPort)
      case .options: try value.take(&options)
      default: try unknown.append(type, &value)
      }
    }
  }

  func write(to writer: inout ByteWriter) throws(WireError) {
    try writer.putClock(BridgeAttribute.forwardDelay, forwardDelay, as: UInt32.self)
    try writer.putClock(BridgeAttribute.helloTime, helloTime, as: UInt32.self)
    try writer.putClock(BridgeAttribute.maximumAge, maximumAge, as: UInt32.self)
    try writer.putClock(BridgeAttribute.ageingTime, ageingTime, as: UInt32.self)
    try writer.put(BridgeAttribute.stpState, stpState)
    try writer.put(BridgeAttribute.priority, priority)
    try writer.put(BridgeAttribute.vlanFiltering, vlanFiltering)
    try writer.putBigEndian(BridgeAttribute.vlanProtocol, vlanProtocol)
    try writer.put(BridgeAttribute.groupForwardMask, groupForwardMask)
    try writer.put(BridgeAttribute.rootIdentifier, rootIdentifier)
    try writer.put(BridgeAttribute.bridgeIdentifier, bridgeIdentifier)
    try writer.put(BridgeAttribute.rootPort, rootPort)
    try writer.put(BridgeAttribute.rootPathCost, rootPathCost)
    try writer.put(BridgeAttribute.topologyChange, topologyChange)
    try writer.put(BridgeAttribute.topologyChangeDetected, topologyChangeDetected)
    try writer.putClock(BridgeAttribute.helloTimer, helloTimer, as: UInt64.self)
    try writer.putClock(
      BridgeAttribute.topologyChangeNotificationTimer,
      topologyChangeNotificationTimer,
      as: UInt64.self
    )
    try writer.putClock(BridgeAttribute.topologyChangeTimer, topologyChangeTimer, as: UInt64.self)
    try writer.putClock(BridgeAttribute.garbageCollectionTimer, garbageCollectionTimer, as: UInt64.self)
    try writer.put(BridgeAttribute.groupAddress, groupAddress)
    try writer.putFlag(BridgeAttribute.flushesForwardingDatabase, flushesForwardingDatabase)
    try writer.put(BridgeAttribute.multicastRouter, multicastRouter)
    try writer.put(BridgeAttribute.multicastSnooping, multicastSnooping)
    try writer.put(BridgeAttribute.multicastQueryUsesAddress, multicastQueryUsesAddress)
    try writer.put(BridgeAttribute.multicastQuerier, multicastQuerier)
    try writer.put(BridgeAttribute.multicastHashElasticity, multicastHashElasticity)
    try writer.put(BridgeAttribute.multicastHashMaximum, multicastHashMaximum)
    try writer.put(BridgeAttribute.multicastLastMemberCount, multicastLastMemberCount)
    try writer.put(BridgeAttribute.multicastStartupQueryCount, multicastStartupQueryCount)
    try writer.putClock(
      BridgeAttribute.multicastLastMemberInterval,
      multicastLastMemberInterval,
      as: UInt64.self
    )
    try writer.putClock(
      BridgeAttribute.multicastMembershipInterval,
      multicastMembershipInterval,
      as: UInt64.self
    )
    try writer.putClock(BridgeAttribute.multicastQuerierInterval, multicastQuerierInterval, as: UInt64.self)
    try writer.putClock(BridgeAttribute.multicastQueryInterval, multicastQueryInterval, as: UInt64.self)
    try writer.putClock(
      BridgeAttribute.multicastQueryResponseInterval,
      multicastQueryResponseInterval,
      as: UInt64.self
    )
    try writer.putClock(
      BridgeAttribute.multicastStartupQueryInterval,
      multicastStartupQueryInterval,
      as: UInt64.self
    )
    try writer.put(BridgeAttribute.nfCallIptables, nfCallIptables)
    try writer.put(BridgeAttribute.nfCallIp6tables, nfCallIp6tables)
    try writer.put(BridgeAttribute.nfCallArptables, nfCallArptables)
    try writer.put(BridgeAttribute.vlanDefaultPVID, vlanDefaultPVID)
    try writer.put(BridgeAttribute.vlanStatistics, vlanStatistics)
    try writer.put(BridgeAttribute.multicastStatistics, multicastStatistics)
    try writer.put(BridgeAttribute.multicastIGMPVersion, multicastIGMPVersion)
    try writer.put(BridgeAttribute.multicastMLDVersion, multicastMLDVersion)
    try writer.put(BridgeAttribute.vlanStatisticsPerPort, vlanStatisticsPerPort)
    try writer.put(BridgeAttribute.options, options)
    unknown.write(to: &writer)
  }
}
