internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The bridge has no address, so that nothing leads to its containers.
  static let bridgeIpLost = CauseID(rawValue: "bridge-ip-lost")
}

/// Without the bridge's address the host has no route to the containers, and answers no questions for the gateway.
struct BridgeIpLost: CauseRule {
  let id = CauseID.bridgeIpLost
  let suspect = "bridge's addresses"
  let stages: Set<Stage> = [.return, .neighbour, .input]

  func explain(_ lookup: LookupCase) -> Explanation? {
    let isUnanswered = lookup.stage == .neighbour
    guard let gateway = lookup.nextHop, lookup.host.gateways.contains(gateway),
      let frame = isUnanswered
        ? lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first
        : lookup.journey.answerAtUplink.first?.sighting ?? lookup.journey.requestAtBridge.last
    else { return nil }
    let looks = BridgeAddresses(lookup, gateway: gateway, at: frame.time)
    guard looks.isMissing, !looks.hasAnother else { return nil }
    var evidence = [
      lookup.evidence(
        frame,
        meaning: isUnanswered
          ? "the container asks for its gateway, and nobody answers" : "the answer came in"
      ),
      looks.evidence(meaning: "the bridge lost the containers' gateway, and with it the way to them"),
    ]
    let turned = isUnanswered ? nil : turnedBack(lookup, after: frame.time)
    if let turned {
      evidence.append(lookup.evidence(turned, meaning: "the answer leaves by the default route again"))
    }
    return Explanation(
      confidence: looks.isCertain && (isUnanswered || turned != nil) ? .certain : .likely,
      evidence: evidence,
      decidedBy: "the bridge's addresses at that moment, and where the answer went"
    )
  }

  /// The answer on its way out of the uplink, with the container's address as its destination.
  private func turnedBack(_ lookup: LookupCase, after time: Timestamp) -> Sighting? {
    guard let attempt = lookup.attempt else { return nil }
    let seen = lookup.history.index.messages(
      question: NameDigest.of(lookup.lookup.name),
      transaction: attempt.transaction,
      within: time..<max(time, lookup.lookup.end) + .milliseconds(1)
    )
    return seen.first { sighting, message in
      message.isResponse && sighting.interface == lookup.host.uplink && sighting.packetType == .outgoing
        && message.destination == attempt.client
    }?.sighting
  }
}

/// Whether the bridge had the containers' gateway at a moment, by the looks before and after it.
struct BridgeAddresses {
  private let gateway: IPAddress
  private let name: String
  private let before: [IPPrefix]?
  private let after: [IPPrefix]?
  private let hasBothLooks: Bool

  init(_ lookup: LookupCase, gateway: IPAddress, at time: Timestamp) {
    self.gateway = gateway
    name = lookup.history.name(lookup.host.bridge)
    let looks = lookup.history.states(around: time)
    func addresses(_ state: NamespaceState?) -> [IPPrefix]? {
      state?.addresses.map { $0[lookup.host.bridge] ?? [] }
    }
    before = addresses(looks.before)
    after = addresses(looks.after)
    hasBothLooks = before != nil && after != nil
  }

  private func lacks(_ addresses: [IPPrefix]?) -> Bool {
    addresses.map { !$0.contains { $0.address == gateway } } ?? false
  }

  /// Whether a look near the moment didn't find it.
  var isMissing: Bool { lacks(before) || lacks(after) }

  /// Whether both looks didn't.
  var isCertain: Bool { hasBothLooks ? lacks(before) && lacks(after) : isMissing }

  /// Whether the bridge had another address of the family instead, in a look that didn't find the gateway.
  var hasAnother: Bool { other != nil }

  private var other: IPPrefix? {
    [before, after].compactMap(\.self).filter { lacks($0) }.joined().first { prefix in
      prefix.address.family == gateway.family && !prefix.address.isLinkLocal
    }
  }

  /// What was found.
  func evidence(meaning: String) -> Evidence {
    Evidence(
      time: nil,
      source: "rtnetlink",
      value: "\(name) without \(gateway)" + (other.map { ", with \($0)" } ?? ""),
      meaning: meaning
    )
  }
}
