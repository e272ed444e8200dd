internal import NetworkTypes
internal import Observation

extension EvidenceMark {
  /// Whether a mark that frames and links show is to be seen.
  func isLeftInFrames(_ host: HostObservation) -> Bool {
    switch self {
    case .portAddressChanged: host.hasChangedPort
    case .ownAddressFromPort:
      host.sightings.contains { sighting in
        sighting.interface != host.bridge && sighting.interface != host.uplink
          && sighting.packetType != .outgoing
          && sighting.linkSource.map(host.bridgeAddresses.contains) == true
      }
    case .gatewayClaimed:
      host.sightings.contains { sighting in
        guard case .resolution(let resolution) = sighting.content else { return false }
        let announced = resolution.isReply ? [resolution.sender, resolution.target] : [resolution.sender]
        let link = resolution.senderLink ?? sighting.linkSource
        return host.containers.contains { $0.linkAddress == link }
          && announced.contains(where: host.gateways.contains)
      }
    case .portIsolated:
      host.states.contains { state in state.links.count { $0.isIsolated == true } > 1 }
    case .answerTurnedBack:
      host.sightings.contains { sighting in
        guard sighting.interface == host.uplink, sighting.packetType == .outgoing,
          case .dns(let message) = sighting.content, message.isResponse
        else { return false }
        return host.subnets.contains { $0.contains(message.destination.address) }
      }
    case .askedForServer:
      host.sightings.contains { sighting in
        guard sighting.interface != host.uplink, sighting.packetType == .outgoing,
          case .resolution(let resolution) = sighting.content
        else { return false }
        return !resolution.isReply && Topology.resolverAddresses.contains(resolution.target)
      }
    default: false
    }
  }

  /// Whether a mark that interfaces' addresses show is to be seen.
  func isLeftInAddresses(_ host: HostObservation) -> Bool {
    switch self {
    case .addressMissing:
      host.gateways.contains { gateway in
        let held = host.states.compactMap { state in
          state.addresses.map { $0[host.bridge]?.contains { $0.address == gateway } ?? false }
        }
        return held.contains(true) && held.contains(false)
      }
    case .staleNeighbour: host.hasStaleNeighbour
    default: false
    }
  }
}

extension HostObservation {
  /// Whether one interface had two link addresses while it was a port of the bridge.
  fileprivate var hasChangedPort: Bool {
    var known: [InterfaceIndex: MACAddress] = [:]
    var links = states.first?.links ?? []
    for event in events { if case .link(let link) = event.kind { links.append(link) } }
    for link in links where link.master == bridge {
      guard let address = link.address else { continue }
      if let before = known[link.index], before != address { return true }
      known[link.index] = address
    }
    return false
  }

  /// Whether the host, in its last state, holds a link address for an Internet address which is in the end that of
  /// a container with another one.
  fileprivate var hasStaleNeighbour: Bool {
    states.contains { state in
      state.neighbours.contains { entry in
        guard entry.interface == bridge, let link = entry.linkAddress else { return false }
        let owners = containers.filter { container in
          container.states.last?.addresses?.values.joined().contains { $0.address == entry.address } == true
        }
        return !owners.isEmpty && !owners.contains { $0.linkAddress == link }
      }
    }
  }
}
