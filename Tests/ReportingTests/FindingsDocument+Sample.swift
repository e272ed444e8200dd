import Reporting

extension FindingsDocument {
  /// A document with everything in it.
  static let sample = FindingsDocument(
    header: DocumentHeader(
      tool: "kingpost 0.1.0",
      host: "ci1",
      bootId: "b",
      kernel: "6.18.44",
      namespace: "4026531840",
      privileges: "root",
      complete: false,
      blindSpots: ["container old: it ended while it was looked at"]
    ),
    time: "2026-11-23T04:05:06.000000007Z",
    scopes: ["host"],
    lookedAt: ["2 bridges", "5 containers", "1 engine"],
    findings: [
      Finding(
        id: "bridge-mac-unstable",
        severity: .critical,
        confidence: "certain",
        subject: "bridge:br-ci",
        summary: "br-ci has no MAC of its own: its containers lose their gateway when ports come and go.",
        consequence:
          "At risk: build, test and 3 more. Each start or end of a container may cut off the others.",
        evidence: [
          Evidence(
            source: "/sys/class/net/br-ci/addr_assign_type",
            value: "1",
            meaning: "nobody gave the bridge a MAC; the kernel lends it the smallest of its ports'"
          ),
          Evidence(
            source: "rtnetlink",
            value: "br-ci and veth1 have 02:00:00:00:00:01",
            meaning: "the bridge's MAC changes when veth1 leaves",
            time: "2026-11-23T04:05:06.000000007Z"
          ),
          Evidence(source: "third", value: "3", meaning: "the third"),
          Evidence(source: "fourth", value: "4", meaning: "not shown in text"),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Make the MAC that the bridge has its own.",
            commands: ["ip link set dev br-ci address $(cat /sys/class/net/br-ci/address)"]
          ),
          Remedy(
            .persistent,
            "systemd: a policy for this bridge.",
            files: [
              .init(
                path: "/etc/systemd/network/10-br-ci.link",
                content: "[Match]\nOriginalName=br-ci\n\n[Link]\nMACAddressPolicy=none\n"
              )
            ]
          ),
          Remedy(.persistent, "netplan: a file.", commands: ["netplan apply"]),
        ]
      ),
      Finding(
        id: "subnet-overlap",
        severity: .warning,
        confidence: "likely",
        subject: "bridge:docker0",
        summary: "docker0's subnet covers a server that the host asks.",
        consequence: "",
        evidence: [Evidence(source: "rtnetlink", value: "10.0.0.0/8 dev docker0", meaning: "it wins")],
        remedies: []
      ),
      Finding(
        id: "resolv-limits",
        severity: .info,
        confidence: "certain",
        subject: "host",
        summary: "/etc/resolv.conf names four servers; glibc asks three.",
        consequence: "",
        evidence: [],
        remedies: []
      ),
    ],
    checks: [
      Check(
        id: "bridge-mac-unstable",
        subject: "bridge:br-ci",
        status: .failed,
        severity: .critical,
        why: "br-ci has no MAC of its own: its containers lose their gateway when ports come and go."
      ),
      Check(
        id: "bridge-mac-unstable",
        subject: "bridge:docker0",
        status: .passed,
        severity: .critical,
        why: "its MAC was set (addr_assign_type 3) and stays"
      ),
      Check(
        id: "ip-duplicate",
        subject: "host",
        status: .unknown,
        severity: .critical,
        why: "the addresses of container old: it ended while it was looked at"
      ),
      Check(
        id: "mcast-snooping-nd",
        subject: "host",
        status: .unknown,
        severity: .warning,
        why: "the addresses of container old: it ended while it was looked at"
      ),
      Check(
        id: "port-isolated",
        subject: "bridge:docker0",
        status: .notApplicable,
        severity: .info,
        why: "it has no ports"
      ),
      Check(
        id: "resolv-limits",
        subject: "host",
        status: .failed,
        severity: .info,
        why: "/etc/resolv.conf names four servers; glibc asks three."
      ),
      Check(
        id: "subnet-overlap",
        subject: "bridge:docker0",
        status: .failed,
        severity: .warning,
        why: "docker0's subnet covers a server that the host asks."
      ),
    ],
    next: "kingpost doctor --explain bridge-mac-unstable"
  )

  /// A document in which nothing was found.
  static let healthy = FindingsDocument(
    header: DocumentHeader(
      tool: "kingpost 0.1.0",
      host: "ci1",
      bootId: "b",
      kernel: "6.18.44",
      namespace: "1",
      privileges: "root",
      complete: true,
      blindSpots: []
    ),
    time: "2026-11-23T04:05:06.000000007Z",
    scopes: ["bridge:docker0"],
    lookedAt: ["1 bridge", "0 containers", "1 engine"],
    findings: [],
    checks: [
      Check(
        id: "bridge-mac-unstable",
        subject: "bridge:docker0",
        status: .passed,
        severity: .critical,
        why: "its MAC was set"
      )
    ],
    next: "kingpost snapshot -o good.json keeps this state, to compare with when it fails."
  )

  /// A document in which every string that comes from a host is hostile.
  static func hostile(_ text: String) -> FindingsDocument {
    var document = sample
    document.header.host = text
    document.header.blindSpots = [text]
    document.scopes = [text]
    document.findings = document.findings.map { finding in
      var finding = finding
      finding.subject = text
      finding.summary = text
      finding.consequence = text
      finding.evidence = [Evidence(source: text, value: text, meaning: text)]
      finding.remedies = [Remedy(.runtime, text, commands: [text], files: [.init(path: text, content: text)])]
      return finding
    }
    document.checks = document.checks.map { check in
      var check = check
      check.subject = text
      check.why = text
      return check
    }
    return document
  }
}
