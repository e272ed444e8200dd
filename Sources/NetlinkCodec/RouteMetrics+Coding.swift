internal import WireFormat

extension RouteMetrics {
  init(attributes reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch RouteMetric(rawValue: type & attributeTypeMask) {
      case .lock: try value.take(&lock)
      case .mtu: try value.take(&mtu)
      case .window: try value.take(&window)
      case .roundTripTime: try value.take(&roundTripTime)
      case .roundTripTimeVariance: try value.take(&roundTripTimeVariance)
      case .slowStartThreshold: try value.take(&slowStartThreshold)
      case .congestionWindow: try value.take(&congestionWindow)
      case .advertisedSegmentSize: try value.take(&advertisedSegmentSize)
      case .reordering: try value.take(&reordering)
      case .hopLimit: try value.take(&hopLimit)
      case .initialCongestionWindow: try value.take(&initialCongestionWindow)
      case .features: try value.take(&features)
      case .minimumRetransmissionTimeout: try value.take(&minimumRetransmissionTimeout)
      case .initialReceiveWindow: try value.take(&initialReceiveWindow)
      case .quickAcknowledgement: try value.take(&quickAcknowledgement)
      case .congestionControl: try value.take(&congestionControl)
      case .fastOpenWithoutCookie: try value.take(&fastOpenWithoutCookie)
      default: try unknown.append(type, &value)
      }
    }
  }

  func write(to writer: inout ByteWriter) throws(WireError) {
    try writer.put(RouteMetric.lock, lock)
    try writer.put(RouteMetric.mtu, mtu)
    try writer.put(RouteMetric.window, window)
    try writer.put(RouteMetric.roundTripTime, roundTripTime)
    try writer.put(RouteMetric.roundTripTimeVariance, roundTripTimeVariance)
    try writer.put(RouteMetric.slowStartThreshold, slowStartThreshold)
    try writer.put(RouteMetric.congestionWindow, congestionWindow)
    try writer.put(RouteMetric.advertisedSegmentSize, advertisedSegmentSize)
    try writer.put(RouteMetric.reordering, reordering)
    try writer.put(RouteMetric.hopLimit, hopLimit)
    try writer.put(RouteMetric.initialCongestionWindow, initialCongestionWindow)
    try writer.put(RouteMetric.features, features)
    try writer.put(RouteMetric.minimumRetransmissionTimeout, minimumRetransmissionTimeout)
    try writer.put(RouteMetric.initialReceiveWindow, initialReceiveWindow)
    try writer.put(RouteMetric.quickAcknowledgement, quickAcknowledgement)
    try writer.put(RouteMetric.congestionControl, congestionControl)
    try writer.put(RouteMetric.fastOpenWithoutCookie, fastOpenWithoutCookie)
    unknown.write(to: &writer)
  }
}
