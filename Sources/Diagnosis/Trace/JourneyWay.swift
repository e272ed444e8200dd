internal import Journeys
internal import NetworkTypes
internal import Observation

/// A failed request's way through a host, told from its frames and from what was learnt about the network.
struct JourneyWay {
  typealias Judgement = (stage: Stage?, explanations: [JourneyExplanation])

  private let journey: Journey
  private let network: LearntNetwork
  /// Requests as the host saw them; as the container did where that is all that was looked at.
  private let requests: [Hop]
  /// Whether the host was looked at, and only the container saw the request.
  private let staysInContainer: Bool
  private let responses: [Hop]

  init(_ journey: Journey, _ network: LearntNetwork) {
    self.journey = journey
    self.network = network
    let all = journey.hops.filter { !$0.isResponse }
    let outside = all.filter { !network.isInside($0.place) }
    requests = outside.isEmpty ? all : outside
    staysInContainer = outside.isEmpty && network.looksOutside
    responses = journey.hops.filter(\.isResponse)
  }

  func judge() -> Judgement {
    switch journey.outcome {
    case .answered: (nil, [])
    case .errorResponse: (.upstream, [refusal])
    case .late: (.upstream, [lateness])
    case .unanswered: judgeUnanswered()
    }
  }

  private var refusal: JourneyExplanation {
    let isRefused = journey.responseCode == 5
    return JourneyExplanation(
      id: isRefused ? .resolverRefused : .resolverError,
      hops: responses.prefix(1).map {
        ($0, isRefused ? "the resolver refuses" : "the resolver answers with an error")
      },
      decidedBy: "the resolver's log"
    )
  }

  private var lateness: JourneyExplanation {
    JourneyExplanation(
      id: .resolverLate,
      hops: [requests.last, responses.first].compactMap(\.self).map {
        (
          $0,
          $0.isResponse ? "the response comes after the client has given up" : "the request was handed over"
        )
      },
      decidedBy: "the resolver's log"
    )
  }

  private func judgeUnanswered() -> Judgement {
    guard let first = requests.first else { return (.unknown, []) }
    if staysInContainer { return (.container, []) }
    if let response = responses.first {
      let dropped = JourneyExplanation(
        id: .answerDropped,
        hops: [(response, "a response came to the host, and never to the client")],
        decidedBy: "skb:kfree_skb with its reason, while it happens"
      )
      return (.return, [dropped])
    }
    if let out = requests.last(where: { isHandedOver($0, first) }) { return judgeHandedOver(out) }
    if let thief = usurper(of: first) {
      let hijack = JourneyExplanation(
        id: .gatewayIpHijack,
        hops: [(first, "\(thief) claims the address of the client's next hop, and never answered anything")],
        decidedBy: "whose MAC that is"
      )
      return (.upstream, [hijack])
    }
    return judgeOnBridge(first)
  }

  // MARK: - Handed over

  /// Whether the host sent a request on: under other addresses, with its own link address, or by the uplink.
  private func isHandedOver(_ hop: Hop, _ first: Hop) -> Bool {
    if hop.source != journey.client || hop.destination != journey.server { return true }
    // The host puts its own link address into what it sends on; what a bridge floods has the client's.
    if let own = first.linkSource, let link = hop.linkSource { return own != link }
    return hop.isOutgoing != false && network.role(of: hop.place) == .uplink
  }

  private func judgeHandedOver(_ out: Hop) -> Judgement {
    let isUntranslated = out.source == journey.client && out.destination == journey.server
    let isExpected =
      network.translates(at: out.place)
      || (journey.client.address.isPrivate && !journey.server.address.isPrivate)
    if isUntranslated, isExpected {
      let missing = JourneyExplanation(
        id: .masqMissing,
        hops: [(out, "it leaves with the client's own address, to which no answer finds its way")],
        decidedBy: "the ruleset at that moment, and the flow's connection tracking entry"
      )
      return (.translation, [missing])
    }
    return (.upstream, [mute(out)])
  }

  private func mute(_ hop: Hop) -> JourneyExplanation {
    JourneyExplanation(
      id: .resolverMute,
      hops: [(hop, "it was handed over correctly, and no response came back")],
      decidedBy: "a capture at the resolver, or its log"
    )
  }

  /// Whoever claimed the next hop's address last before a request, if that was never whom answers came from.
  private func usurper(of first: Hop) -> MACAddress? {
    guard let nextHop = network.nextHop(of: journey.client.address),
      let owner = network.owners(of: nextHop).address(at: first.time),
      first.linkDestination == nil || first.linkDestination == owner
    else { return nil }
    let gateways = senders
    // Without an answer nobody knows who is rightful.
    return gateways.isEmpty || gateways.contains(owner) ? nil : owner
  }

  /// The link addresses that answers came from where this request was seen.
  private var senders: Set<MACAddress> {
    Set(requests.flatMap { network.senders(at: $0.place).changes.map(\.address) })
  }

  // MARK: - On the bridge

  private func judgeOnBridge(_ first: Hop) -> Judgement {
    let incoming = requests.filter { $0.isOutgoing != true }
    let flooded = requests.first { $0.isOutgoing == true }
    if journey.hops.contains(where: { $0.packetType != nil }) {
      return judgeByPacketType(first, incoming, flooded)
    }
    return judgeByLinkAddress(first)
  }

  /// Cooked frames: the bridge's own says whether the host took it.
  private func judgeByPacketType(_ first: Hop, _ incoming: [Hop], _ flooded: Hop?) -> Judgement {
    let onBridge =
      incoming.last { network.role(of: $0.place) == .bridge } ?? (incoming.count > 1 ? incoming.last : nil)
    if let onBridge {
      return onBridge.packetType == .otherHost
        ? (.bridge, [unstable("join", onBridge, "the bridge has another MAC than the one that it is for")])
        : taken(onBridge)
    }
    // If nothing came in, the client is this host itself, and what went out left it.
    guard !incoming.isEmpty else { return (.upstream, [mute(first)]) }
    if let flooded {
      return (
        .bridge,
        [unstable("leave", flooded, "it goes out of another port: nobody has the MAC that it is for")]
      )
    }
    if first.packetType == .otherHost {
      return (.bridge, [unstable(nil, first, "the host didn't take it")])
    }
    return (.unknown, [])
  }

  /// Ethernet frames: their destination against whom answers came from afterwards.
  private func judgeByLinkAddress(_ first: Hop) -> Judgement {
    let onBridge = requests.last { network.role(of: $0.place) == .bridge }
    if onBridge == nil, network.knowsBridge {
      return (.bridge, [unstable("leave", requests.last ?? first, "it never comes to the bridge")])
    }
    // Without a bridge in the capture, the last point that can be seen is where the request was.
    func passed(_ hop: Hop) -> Judgement { onBridge == nil ? (.upstream, [mute(hop)]) : taken(hop) }
    let last = onBridge ?? requests.last ?? first
    let senders = requests.map { network.senders(at: $0.place) }
    if let destination = first.linkDestination,
      let next = senders.compactMap({ $0.address(after: first.time) }).first
    {
      // Several servers answer from several addresses, in turn; a bridge that has its old one back took longer.
      return senders.contains { $0.isTold(destination, after: first.time, within: .seconds(1)) }
        ? passed(last)
        : (.bridge, [unstable(nil, last, "answers come from \(next) then, and none from whom it is for")])
    }
    guard onBridge != nil || !senders.allSatisfy(\.changes.isEmpty) else { return (.unknown, []) }
    let stale = unstable(nil, last, "no answer came any more that would tell the gateway's MAC")
    return (.unknown, Array(([stale] + passed(last).explanations).prefix(3)))
  }

  private func unstable(_ form: String?, _ hop: Hop, _ meaning: String) -> JourneyExplanation {
    var explanation = JourneyExplanation(
      id: .bridgeMacUnstable,
      form: form,
      hops: [(hop, meaning)],
      decidedBy: "ip monitor link, while it happens: whether the bridge's MAC changes"
    )
    if let destination = hop.linkDestination,
      let (interface, change) = network.departure(
        of: destination,
        before: hop.time,
        // Where a port joined, the bridge itself saw the frame.
        at: form == "join" ? hop.place : nil
      )
    {
      explanation.word = .init(
        interface: interface,
        time: change.time,
        source: "rtnetlink",
        value: change.address.description,
        meaning: "the kernel gave it another MAC than the one that the request is for"
      )
    }
    return explanation
  }

  /// The host took it, and never sent it on.
  private func taken(_ hop: Hop) -> Judgement {
    if network.isLocal(journey.server.address) == true {
      let refused = JourneyExplanation(
        id: .inputDropResolver,
        hops: [(hop, "the host took it for a resolver of its own")],
        decidedBy: "the rules on hook input, and the resolver's log"
      )
      return (.input, [refused])
    }
    let family = journey.client.address.family
    let forwards = network.forwards(family, at: hop.time)
    let setting = family == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding"
    var stopped: [JourneyExplanation] = [
      .init(id: .ipForwardReset, hops: [(hop, "taken")], decidedBy: "sysctl " + setting),
      .init(
        id: .forwardPolicyDrop,
        hops: [(hop, "taken")],
        decidedBy: "the rules on hook forward (nft list ruleset)"
      ),
      .init(
        id: .uplinkDown,
        hops: [(hop, "taken")],
        decidedBy: "ip link, and the neighbour entry of the host's own gateway"
      ),
    ]
    if forwards == false {
      stopped = [stopped[0]]
      stopped[0].word = .init(
        source: "sysctl",
        value: "\(setting) = 0",
        meaning: "the host forwarded nothing then"
      )
    } else if let uplink = network.deadUplink(to: journey.server.address, at: hop.time) {
      stopped = [stopped[2]]
      stopped[0].word = .init(
        interface: uplink,
        source: "rtnetlink",
        value: "down",
        meaning: "the uplink was down then"
      )
    } else if forwards == true {
      // What is left is no proof: a route or the uplink's neighbour may have been missing as well.
      stopped = [stopped[1]]
      stopped[0].isLeftOver = true
    }
    return (.forwarding, stopped)
  }
}
