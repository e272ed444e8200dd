internal import NetworkTypes
internal import Observation

extension CauseID {
  /// Somebody else speaks for the gateway's address.
  static let gatewayIpHijack = CauseID(rawValue: "gateway-ip-hijack")
}

/// The request went to a link address that claimed the gateway's address and was never the bridge's.
struct GatewayIpHijack: CauseRule {
  let id = CauseID.gatewayIpHijack
  let suspect = "gateway's address"
  let stages: Set<Stage> = [.bridge, .upstream]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let request = lookup.request, let destination = request.linkDestination,
      let gateway = lookup.nextHop, lookup.host.gateways.contains(gateway),
      !lookup.history.bridgeAddress.changes.contains(where: { $0.value == destination }),
      let claim = claim(of: gateway, by: destination, before: request.time, lookup)
    else { return nil }
    let bridge = lookup.history.name(lookup.host.bridge)
    var evidence = [
      lookup.evidence(
        request,
        meaning: "the request is addressed to \(destination), which was never the address of \(bridge)"
      ),
      lookup.evidence(claim, meaning: "\(destination) claims the gateway's address \(gateway)"),
    ]
    if let other = lookup.container(with: destination) {
      evidence.append(
        Evidence(
          time: nil,
          source: "\(other.name), interface",
          value: "\(destination)",
          meaning: "this is who took the requests"
        )
      )
    }
    return Explanation(
      confidence: .certain,
      evidence: evidence,
      decidedBy: "the packet in which the other one claims the gateway's address"
    )
  }

  /// The last ARP packet or advertisement before a moment in which a link address claimed an address.
  private func claim(
    of address: IPAddress,
    by other: MACAddress,
    before time: Timestamp,
    _ lookup: LookupCase
  ) -> Sighting? {
    let start = Timestamp(nanoseconds: Int64.min)
    return lookup.history.index.resolutions(within: start..<time).last { seen in
      let resolution = seen.resolution
      let isAbout = resolution.sender == address || (resolution.isReply && resolution.target == address)
      return isAbout && (resolution.senderLink ?? seen.sighting.linkSource) == other
    }?.sighting
  }
}
