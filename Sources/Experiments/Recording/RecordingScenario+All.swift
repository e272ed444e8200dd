internal import Diagnosis
internal import Lab
internal import NetworkTypes
internal import Statistics

extension RecordingScenario {
  /// All scenarios, the harmless ones first.
  public static let all: [RecordingScenario] = harmless + linkLayer + host + resolver + mixed

  private static let harmless = [
    RecordingScenario("healthy", "nothing happens", changes: [Change("nothing")]),
    RecordingScenario(
      "healthy-churn",
      "ports with great MACs join and leave a bridge without a MAC of its own, which keeps the one it has",
      isPinned: false,
      visitors: .greater,
      changes: [Change("nothing")]
    ),
    RecordingScenario(
      "pinned",
      "ports with small MACs join and leave a bridge with a MAC of its own",
      visitors: .smaller,
      changes: [Change("nothing")]
    ),
  ]

  private static let linkLayer = [
    RecordingScenario(
      "mac-join",
      "a port with a smaller MAC joins a bridge without one of its own; containers behind greater ones ask",
      isPinned: false,
      changes: [.join()]
    ),
    RecordingScenario(
      "mac-join-lowest",
      "the same, and from then on only the container asks that is behind the port whose MAC the bridge had",
      askers: ["lowest", "other"],
      isPinned: false,
      changes: [.join(.none, silenced: ["other"])]
    ),
    RecordingScenario(
      "mac-join-healed",
      "the same, and another one goes on asking; over IPv4, what the host sends to the first one heals it",
      askers: ["lowest", "other"],
      isPinned: false,
      changes: [.join()]
    ),
    RecordingScenario(
      "mac-leave",
      "the port with the smallest MAC leaves a bridge without one of its own; the others ask",
      isPinned: false,
      changes: [.leave]
    ),
    RecordingScenario(
      "mac-leave-lowest",
      "the same; who asks is behind the port whose MAC the bridge takes then, and another",
      askers: ["lowest", "other"],
      isPinned: false,
      preparation: { plan, _, generator in
        Fault.known("bridge-mac-unstable").disturbance("join", plan, &generator)
      },
      changes: [.newcomerLeaves]
    ),
    RecordingScenario(
      "gateway-duplicate",
      "another container takes the gateway's address and announces it",
      topology: .neighbours,
      // A new namespace takes this from the machine, and one that forwards would only be a detour.
      preparation: { _, _, _ in
        ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"].map {
          .inside(container: "second", .setting(Setting($0, "0", isOptional: true)))
        }
      },
      changes: [
        Change(
          "another container takes the gateway's address",
          Failure(.upstream, "gateway-ip-hijack"),
          // The host's entries go first: when it renews them, it speaks to the containers, which heals them.
          deed: { plan, family, _ in
            [.flushNeighbours(link: plan.bridge.name)] + Fault.known("gateway-ip-hijack").apply(plan, family)
          }
        )
      ]
    ),
  ]

  private static let host = [
    RecordingScenario(
      "masquerade-lost",
      "the rules that translate the containers' addresses are flushed",
      changes: [.masqueradeLost]
    ),
    RecordingScenario(
      "forwarding-off",
      "forwarding is switched off",
      changes: [.fault("ip-forward-reset", .forwarding, "forwarding is switched off")]
    ),
    RecordingScenario(
      "forward-drop",
      "the forward chain's policy becomes drop",
      changes: [.fault("forward-policy-drop", .forwarding, "the forward chain's policy becomes drop")]
    ),
    RecordingScenario(
      "answer-dropped",
      "a rule on the forward hook drops answers, and no request",
      changes: [
        Change(
          "a rule drops answers",
          Failure(.return, "answer-dropped"),
          deed: { plan, _, _ in
            let rule = "insert rule inet filter forward iifname \"\(plan.uplink.name)\" udp sport 53 drop"
            return [.nft(rule)]
          }
        )
      ]
    ),
    RecordingScenario(
      "uplink-down",
      "the way out is switched off",
      changes: [
        Change(
          "the uplink is switched off",
          Failure(.forwarding, "uplink-down"),
          deed: { plan, _, _ in [.switchOff(link: plan.uplink.name)] }
        )
      ]
    ),
  ]

  private static let resolver = [
    RecordingScenario(
      "resolver-mute",
      "the resolver answers nothing any more",
      changes: [
        Change("the resolver goes mute", mood: { _ in LabResolver.Behaviour(muteShare: 1) })
      ]
    ),
    RecordingScenario(
      "resolver-losses",
      "the resolver ignores a fifth of the requests, chosen at random",
      changes: [Change("losses begin", mood: { _ in LabResolver.Behaviour(muteShare: 0.2) })]
    ),
    RecordingScenario(
      "resolver-late",
      "the resolver answers when clients have given up",
      changes: [
        // Clients listen for twice as long as they wait.
        Change("answers are held back", mood: { LabResolver.Behaviour(delay: $0 * 1.5) })
      ]
    ),
    RecordingScenario("resolver-servfail", "the resolver answers SERVFAIL", changes: [.servfail]),
    RecordingScenario(
      "resolver-refused",
      "the resolver answers REFUSED",
      changes: [Change("the resolver refuses", mood: { _ in LabResolver.Behaviour(refusedShare: 1) })]
    ),
  ]

  private static let mixed = [
    RecordingScenario(
      "mac-and-losses",
      "a port with a small MAC joins and leaves; the resolver ignores requests at random all the time",
      isPinned: false,
      mood: { _ in LabResolver.Behaviour(muteShare: 0.2) },
      changes: [
        .join(), .renewal(of: ["build", "other"]), .newcomerLeaves, .renewal(of: ["build", "other"]),
      ]
    ),
    RecordingScenario(
      "mixture",
      "the bridge's MAC changes and is announced, masquerade is lost and comes back, the resolver fails",
      isPinned: false,
      changes: [
        .leave,
        Change(
          "the bridge's MAC becomes its own and is announced",
          deed: { plan, family, _ in Fault.known("bridge-mac-unstable").cure(plan, family) }
        ),
        .masqueradeLost,
        Change(
          "the rules that translate are back",
          deed: { plan, family, _ in Fault.known("masq-missing").cure(plan, family) }
        ),
        .servfail,
      ]
    ),
  ]
}

extension RecordingScenario.Change {
  private static let staleGateway = RecordingScenario.Failure(.bridge, "bridge-mac-unstable")

  /// A port with a smaller MAC than all others joins.
  fileprivate static func join(
    _ failure: RecordingScenario.Failure? = staleGateway,
    silenced: Set<String> = []
  ) -> Self {
    Self(
      "a port with a smaller MAC joins",
      failure,
      silenced: silenced,
      deed: { plan, _, generator in Fault.known("bridge-mac-unstable").disturbance("join", plan, &generator) }
    )
  }

  /// The port that joined so leaves.
  fileprivate static let newcomerLeaves = Self(
    "the port with the smallest MAC leaves again",
    staleGateway,
    deed: { _, _, _ in [.leave(container: "newcomer", port: "veth-newcomer")] }
  )

  /// The port with the smallest MAC leaves.
  fileprivate static let leave = Self(
    "the port with the smallest MAC leaves",
    staleGateway,
    deed: { plan, _, generator in Fault.known("bridge-mac-unstable").disturbance("leave", plan, &generator) }
  )

  /// The containers forget what they know of their gateway, as they would do by themselves in time.
  fileprivate static func renewal(of containers: [String]) -> Self {
    Self("the containers ask for their gateway anew", deed: { plan, _, _ in plan.renewal(of: containers) })
  }

  fileprivate static let masqueradeLost = fault(
    "masq-missing",
    .translation,
    "the rules that translate are flushed"
  )

  fileprivate static let servfail = Self(
    "the resolver fails",
    mood: { _ in LabResolver.Behaviour(servfailShare: 1) }
  )

  /// A fault of the lab comes, whose id is that of the cause.
  fileprivate static func fault(_ id: String, _ stage: Stage, _ summary: String) -> Self {
    Self(
      summary,
      RecordingScenario.Failure(stage, id),
      deed: { plan, family, _ in Fault.known(id).apply(plan, family) }
    )
  }
}

extension HostPlan {
  /// What has containers forget their neighbours: their interface is given the link address that it has.
  func renewal(of names: [String]) -> [Action] {
    names.compactMap(container).map { .inside(container: $0.name, .setAddress($0.address)) }
  }
}

extension Fault {
  /// The fault of an id that is known to exist.
  fileprivate static func known(_ id: String) -> Fault {
    guard let fault = named(id) else { preconditionFailure("no fault is called \(id)") }
    return fault
  }

  /// What happens in one of its forms.
  fileprivate func disturbance(
    _ part: String,
    _ plan: HostPlan,
    _ generator: inout SeededGenerator
  ) -> [Action] {
    guard let part = parts.first(where: { $0.name == part }) else {
      preconditionFailure("\(id) has no part \(part)")
    }
    return part.disturbance(plan, &generator)
  }
}
