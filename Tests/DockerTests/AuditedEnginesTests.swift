import Diagnosis
import LinuxSystem
import Nftables
import Testing

/// What the checks say about real dockerds, healthy and damaged.
@Suite(.serialized, .enabled(if: EngineHost.obstacle == nil, "\(EngineHost.obstacle ?? "")"))
struct AuditedEnginesTests {
  /// The founding setup with a container of each daemon; the hand-made bridge has a link address of its own.
  private func healthyHost(forwardsBuilds: Bool = true) throws -> EngineHost {
    let host = try EngineHost(bridgeAddress: EngineHost.bridgeAddress, forwardsBuilds: forwardsBuilds)
    try host.main.startContainer("controller", "--dns", "192.0.2.53")
    try host.second.startContainer("build-1", "--dns", "192.0.2.53")
    try host.second.startContainer("build-2", "--dns", "192.0.2.53")
    return host
  }

  @Test func `healthy daemons have nothing to be warned of`() throws {
    let host = try healthyHost()
    let audit = try host.audit()
    #expect(audit.warnings == [])
    #expect(audit.statuses("bridge-mac-unstable") == [.passed])
    #expect(audit.statuses("masq-missing", on: "bridge:") == [.passed])
    #expect(audit.statuses("forward-policy-drop", on: "bridge:") == [.passed])
    #expect(audit.statuses("ip-forward-reset").contains(.passed))
    #expect(audit.statuses("fw-flushed", on: "engine:") == [.passed])
    #expect(audit.statuses("multi-dockerd-chains") == [.passed])
  }

  @Test func `a hand-made bridge without an address is named, with its daemon and the containers at risk`()
    throws
  {
    let host = try EngineHost()
    try host.main.startContainer("controller", "--dns", "192.0.2.53")
    try host.second.startContainer("build-1", "--dns", "192.0.2.53")
    try host.second.startContainer("build-2", "--dns", "192.0.2.53")
    let findings = try host.audit().findings("bridge-mac-unstable")
    #expect(findings.count == 1)
    let finding = try #require(findings.first)
    #expect(finding.severity == .critical)
    #expect(finding.subject.description.hasPrefix("bridge:brci0"))
    #expect(finding.summary.contains("brci0"))
    #expect(finding.consequence.contains("build-1") && finding.consequence.contains("build-2"))
    #expect(!finding.consequence.contains("controller"))
    let daemon = finding.evidence.filter { $0.value == "bridge: brci0" }.map(\.source)
    #expect(daemon.count == 1)
    #expect(daemon.allSatisfy { $0 == host.second.configurationFile || $0.contains(host.second.socket) })
    #expect(!finding.remedies.isEmpty)
  }

  @Test func `a first daemon that lets nobody else's containers through is found`() throws {
    let host = try healthyHost(forwardsBuilds: false)
    let audit = try host.audit()
    let findings = audit.findings("forward-policy-drop")
    #expect(findings.map(\.subject.description).allSatisfy { $0.hasPrefix("bridge:brci0") })
    #expect(findings.first?.consequence.contains("build-1") == true)
    #expect(audit.warnings.filter { !$0.hasPrefix("forward-policy-drop ") } == [])
  }

  @Test func `a masquerade rule that was deleted is missed`() throws {
    let host = try healthyHost()
    try host.run(
      "iptables",
      "-t",
      "nat",
      "-D",
      "POSTROUTING",
      "-s",
      "172.17.0.0/16",
      "!",
      "-o",
      "docker0",
      "-j",
      "MASQUERADE"
    )
    let audit = try host.audit()
    let findings = audit.findings("masq-missing")
    #expect(findings.count == 1)
    #expect(findings.first?.subject.description.hasPrefix("bridge:docker0") == true)
    #expect(findings.first?.severity == .critical)
    // It is one of the daemon's own rules.
    let others = audit.findings.filter { $0.severity >= .warning && $0.id != "masq-missing" }.map(\.id)
    #expect(Set(others).isSubset(of: ["fw-flushed"]))
  }

  @Test func `rules that somebody flushed are missed`() throws {
    let host = try healthyHost()
    try Nftables.run("flush ruleset", in: host.namespace)
    let audit = try host.audit()
    let findings = audit.findings("fw-flushed")
    #expect(findings.count == 1)
    #expect(findings.first?.severity == .critical)
    #expect(findings.first?.subject.description.contains(host.main.socket) == true)
    // Nothing is translated any more: neither daemon's containers.
    #expect(audit.findings("masq-missing").count == 2)
  }

  @Test func `forwarding that was switched off is found`() throws {
    let host = try healthyHost()
    try host.namespace.perform { try Sysctl.write("0", to: "net.ipv4.ip_forward") }
    let audit = try host.audit()
    #expect(audit.findings("ip-forward-reset").first?.severity == .critical)
    #expect(audit.warnings.filter { !$0.hasPrefix("ip-forward-reset ") } == [])
  }

  @Test func `a second daemon that keeps rules too is found, and so is what it took from the first`() throws {
    let host = try healthyHost()
    let before = try host.audit()
    #expect(before.findings("multi-dockerd-chains").isEmpty)
    try host.restartSecondWithRules()
    let audit = try host.audit()
    #expect(audit.findings("multi-dockerd-chains").count == 1)
    #expect(audit.findings("multi-dockerd-chains").first.map { $0.severity >= .warning } == true)
  }
}
