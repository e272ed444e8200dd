import Reporting

extension ExperimentDocument {
  /// A document with everything that one can have in it, as the founding fault leaves it.
  static let sample = ExperimentDocument(
    header: DocumentHeader(
      tool: "kingpost 0.1.0",
      host: "ci1",
      bootId: "8f0c9a52-6f0d-4be5-a3cb-0fd2a0a2f5a1",
      kernel: "6.18.44",
      namespace: "4026531840",
      privileges: "user namespace of uid 1000",
      complete: true,
      blindSpots: ["the kernel's own reasons for drops (tracepoint skb:kfree_skb): needs root"]
    ),
    fault: "bridge-mac-unstable",
    title: "a bridge without a MAC of its own changes it when ports come and go",
    seed: 42,
    family: "ipv4",
    started: "2026-11-23T04:05:06.000000007Z",
    duration: 13.46,
    variations: ["the resolver ignored 5 % of the requests at random"],
    topology: Topology(
      name: "founding",
      hosts: 48,
      containers: ["build", "other", "lowest"],
      resolver: "upstream",
      resolverProgram: "kingpost"
    ),
    arms: [
      arm("baseline", leave: (0, 0), join: (0, 0)), arm("fault", leave: (6, 512), join: (6, 498)),
      arm("cure", leave: (0, 0), join: (0, 0)),
    ],
    attribution: Attribution(
      failed: 1010,
      explained: 1009,
      unexplained: 1,
      byCause: ["bridge-mac-unstable": 1000, "resolver-mute": 9]
    ),
    verdict: Verdict(
      status: .proven,
      pValue: 2.9e-9,
      test: "exact permutation test over hosts, one-sided, by form",
      reasons: []
    ),
    selfHealing: Healing(hosts: 3, healed: 3, lookups: 309, failed: 0),
    relief: Healing(hosts: 12, healed: 11, lookups: 24, failed: 1),
    scoring: Scoring(ignored: 9, ignoredNamedResolver: 9, others: 1001, othersNamedFault: 1000),
    marks: [
      Mark(mark: "the bridge's MAC changed (rtnetlink)", hosts: 12, seen: 12),
      Mark(mark: "frames for another MAC were dropped (rx_otherhost_dropped)", hosts: 12, seen: 11),
    ],
    ruledOut: [
      RuledOut(
        id: "masq-missing",
        evidence: [
          Evidence(
            time: nil,
            source: "nftables",
            value: "the ruleset was the same before and after",
            meaning: "nobody changed the NAT rules"
          )
        ]
      )
    ],
    failures: [
      Failure(
        arm: "fault",
        part: "leave",
        host: 3,
        container: "build",
        name: "l19.build.h3.kingpost.test",
        start: "2026-11-23T04:05:08.131000000Z",
        stage: "bridge",
        cause: "bridge-mac-unstable",
        confidence: "certain",
        evidence: [Evidence(time: nil, source: "frame", value: "to the old MAC", meaning: "nobody took it")]
      ),
      Failure(
        arm: "fault",
        part: "join",
        host: 7,
        container: "build",
        name: "l20.build.h7.kingpost.test",
        start: "2026-11-23T04:05:09.131000000Z",
        stage: "unknown",
        cause: nil,
        confidence: nil,
        evidence: []
      ),
    ],
    evidence: [
      Evidence(
        time: "2026-11-23T04:05:08.100000000Z",
        source: "rtnetlink of the host",
        value: "br0 changed its MAC from 02:00:00:00:00:11 to 06:00:00:00:00:22",
        meaning: "the lookup was sent 31 ms later, and the container still knew the old MAC"
      ),
      Evidence(
        time: nil,
        source: "frame at veth-build",
        value: "request to 02:00:00:00:00:11",
        meaning: "nobody on the host takes it"
      ),
    ],
    timelines: Timelines(
      failed: Timeline(
        name: "l19.build.h3.kingpost.test",
        start: "2026-11-23T04:05:08.131000000Z",
        entries: [
          .init(offset: 0, place: "build", event: "sends the request"),
          .init(
            offset: 0.000_021,
            place: "veth-build",
            event: "request 172.18.0.2:40001 > 192.0.2.53:53 to 02:00:00:00:00:11 [OTHERHOST]"
          ), .init(offset: 1, place: "build", event: "the lookup ends"),
        ]
      ),
      answered: Timeline(
        name: "a lookup of build",
        start: "2026-11-23T04:05:07.931000000Z",
        entries: [
          .init(offset: 0, place: "build", event: "sends the request"),
          .init(
            offset: 0.000_018,
            place: "veth-build",
            event: "request 172.18.0.2:40000 > 192.0.2.53:53 to 06:00:00:00:00:22 [HOST]"
          ), .init(offset: 0.000_314, place: "build", event: "the lookup ends"),
        ]
      ),
      firstDifference: 1
    ),
    explanation: Explanation(
      story: ["A port left, and another one's MAC was the smallest now.", "Lookups went to the old MAC."],
      why: "A bridge without a MAC of its own takes the smallest of its ports'.",
      outage: "About 53 s at most: 45 s of trust, 5 s of delay, and three probes a second apart.",
      cure: "The bridge keeps its MAC.",
      commands: ["ip link set dev br0 address $(cat /sys/class/net/br0/address)"],
      lasting: [
        .init(manager: "systemd-networkd (br0.netdev)", lines: ["[NetDev]", "MACAddress=02:00:00:00:00:01"])
      ],
      next: "Look at your own bridge: \"cat /sys/class/net/br0/addr_assign_type\"."
    )
  )

  /// The sample without what a document need not have.
  static var smallest: ExperimentDocument {
    var document = sample
    document.variations = []
    document.verdict = Verdict(
      status: .inconclusive,
      pValue: 1,
      test: "exact permutation test",
      reasons: ["p is not below 1e-6.", "The experiment was ended early."]
    )
    document.header.complete = false
    document.header.blindSpots = []
    (document.selfHealing, document.relief, document.scoring, document.timelines) = (nil, nil, nil, nil)
    (document.marks, document.ruledOut, document.evidence, document.failures) = ([], [], [], [])
    document.attribution = Attribution(failed: 0, explained: 0, unexplained: 0, byCause: [:])
    document.explanation.lasting = []
    return document
  }

  private typealias Hits = (hosts: Int, lookups: Int)

  private static func arm(_ name: String, leave: Hits, join: Hits) -> Arm {
    let parts = [
      part("leave", "the port with the smallest MAC leaves", isCounted: true, leave),
      part("join", "a port with a smaller MAC joins the bridge", isCounted: true, join),
      part("join-exempt", "the same, but the old smallest port's container asks", isCounted: false, (0, 0)),
    ]
    let all = (leave.hosts + join.hosts, leave.lookups + join.lookups)
    return Arm(name: name, tally: tally(of: 15, all), parts: parts)
  }

  private static func part(_ name: String, _ summary: String, isCounted: Bool, _ hits: Hits) -> Part {
    Part(name: name, summary: summary, isCounted: isCounted, tally: tally(of: isCounted ? 6 : 3, hits))
  }

  private static func tally(of hosts: Int, _ hits: Hits) -> Tally {
    let share = Double(hits.lookups) / Double(100 * hosts)
    return Tally(
      hosts: hosts,
      hostsHit: hits.hosts,
      lookups: 100 * hosts,
      failed: hits.lookups,
      failureRate: Interval(estimate: share, low: share * 0.9, high: min(1, share * 1.1 + 0.01))
    )
  }
}
