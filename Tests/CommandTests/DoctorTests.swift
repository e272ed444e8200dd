import Foundation
import Reporting
import Snapshots
import Testing

@testable import Commands

@Suite struct DoctorTests {
  private let folder: TemporaryFolder
  private let founding: String

  init() throws {
    folder = try TemporaryFolder()
    founding = try folder.file("founding.json", MadeHost.snapshot())
  }

  private struct Printed: Decodable {
    let schema: String
    let scopes: [String]
    let findings: [Entry]
    let checks: [Entry]
  }

  private struct Entry: Decodable {
    let id: String
    let subject: String
  }

  private func document(_ arguments: String...) throws -> Printed {
    let run = try Invocation(Invocation.program, ["doctor"] + arguments + ["--format", "json"])
    return try JSONDecoder().decode(Printed.self, from: Data(run.output.utf8))
  }

  @Test func `a finding reads as it was recorded, and decides the exit code`() throws {
    let run = try Invocation("doctor", founding)
    #expect(run.status == 1)
    #expect(run.errors == "")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "kingpost 0.1.0: ci1, host")
    #expect(lines[1].hasPrefix("Looked at: 2 bridges, 1 container and 2 engines, Linux 6.18, as root,"))
    #expect(lines.contains { $0.hasPrefix("Next: ") })
    // Other checks come; what this one says stays.
    let block = run.output.split(separator: "\n\n").first { $0.hasPrefix("CRITICAL bridge-mac-unstable") }
    let difference = try Snapshot.difference(String(try #require(block)), from: "doctor-finding.txt")
    #expect(difference == nil)
  }

  @Test func `the program alone is doctor`() throws {
    let alone = try Invocation("--format", "json", founding)
    #expect(alone.output == (try Invocation("doctor", founding, "--format", "json").output))
    #expect(alone.status == 1)
  }

  @Test func `a bridge's scope has its results and its surroundings', and no other bridge's`() throws {
    let all = try document(founding)
    #expect(all.schema == "kingpost.findings/1")
    #expect(all.scopes == ["host"])
    let subjects = Set(all.checks.map(\.subject))
    #expect(subjects.isSuperset(of: ["bridge:docker0", "bridge:br-ci"]))
    let docker = try document(founding, "bridge:docker0")
    #expect(docker.scopes == ["bridge:docker0"])
    #expect(!docker.findings.contains { $0.id == "bridge-mac-unstable" })
    #expect(docker.checks.contains { $0.subject == "bridge:docker0" })
    #expect(!docker.checks.contains { $0.subject == "bridge:br-ci" })
    let builds = try document(founding, "bridge:br-ci")
    #expect(builds.findings.contains { $0.id == "bridge-mac-unstable" && $0.subject == "bridge:br-ci" })
    // A container's and an engine's scope have the bridge that they are on.
    for scope in ["container:build", "engine:/run/docker2.sock", "engine:unix:///run/docker2.sock"] {
      #expect(try document(founding, scope).findings.contains { $0.id == "bridge-mac-unstable" })
    }
    let both = try document(founding, "bridge:docker0", "bridge:br-ci")
    #expect(both.checks.contains { $0.subject == "bridge:br-ci" })
  }

  @Test(arguments: [
    ("bridge:br-cl", "Did you mean bridge:br-ci"), ("br-ci", "Did you mean bridge:br-ci?"),
    ("container:bild", "container:build"), ("engine:/run/dokcer.sock", "engine:/run/docker.sock"),
    ("netns:nowhere-like-it", "A scope is host, bridge:NAME"), ("bridge:", "Did you mean bridge:br-ci"),
    ("", "A scope is"),
  ])
  func `an unknown scope is refused with what is like it`(scope: String, words: String) throws {
    let run = try Invocation("doctor", founding, scope)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors.contains(words))
  }

  @Test func `a name that two have is an error that names both`() throws {
    let twins = try folder.file("twins.json", MadeHost.snapshot(hasTwins: true))
    let bridge = try Invocation("doctor", twins, "bridge:br-ci")
    #expect(bridge.status == 64)
    #expect(bridge.errors.contains("in netns lab and in the machine's own namespace"))
    #expect(bridge.errors.contains("Say bridge:br-ci@host or bridge:br-ci@lab."))
    #expect(try document(twins, "bridge:br-ci@lab").checks.contains { $0.subject == "bridge:br-ci@lab" })
    #expect(try document(twins, "bridge:br-ci@host").checks.contains { $0.subject == "bridge:br-ci" })
    let container = try Invocation("doctor", twins, "container:build")
    #expect(container.status == 64)
    #expect(container.errors.contains("docker:/run/docker.sock and in docker:/run/docker2.sock"))
  }

  @Test(arguments: [
    (FindingsDocument.Severity.info, [FindingsDocument.Severity.info], Int32(1)), (.warning, [.info], 0),
    (.warning, [.info, .warning], 1), (.critical, [.warning], 0), (.critical, [.critical], 1), (.info, [], 0),
  ])
  func `findings below the bound don't decide`(
    failOn: FindingsDocument.Severity,
    severities: [FindingsDocument.Severity],
    code: Int32
  ) {
    let document = document(severities, unknown: nil)
    #expect((DoctorCommand.exit(for: document, failOn: failOn)?.code ?? 0) == code)
  }

  @Test func `what is unknown decides if it could be critical, and nothing was found`() {
    func code(_ findings: [FindingsDocument.Severity], _ unknown: FindingsDocument.Severity) -> Int32 {
      DoctorCommand.exit(for: document(findings, unknown: unknown), failOn: .warning)?.code ?? 0
    }
    #expect(code([], .critical) == 2)
    #expect(code([.info], .critical) == 2)
    #expect(code([.warning], .critical) == 1)
    #expect(code([], .warning) == 0)
    // Who isn't root doesn't see whether there is more to look at.
    var blind = document([.info], unknown: nil)
    blind.header.privileges = "uid 1000"
    #expect(DoctorCommand.exit(for: blind, failOn: .warning)?.code == nil)
    blind.header.complete = false
    #expect(DoctorCommand.exit(for: blind, failOn: .warning)?.code == 2)
  }

  private func document(
    _ severities: [FindingsDocument.Severity],
    unknown: FindingsDocument.Severity?
  ) -> FindingsDocument {
    FindingsDocument(
      header: DocumentHeader(
        tool: "",
        host: "",
        bootId: "",
        kernel: "",
        namespace: "",
        privileges: "",
        complete: true,
        blindSpots: []
      ),
      time: "",
      scopes: [],
      lookedAt: [],
      findings: severities.map { severity in
        .init(
          id: "x",
          severity: severity,
          confidence: "certain",
          subject: "host",
          summary: "",
          consequence: "",
          evidence: [],
          remedies: []
        )
      },
      checks: unknown.map { [.init(id: "y", subject: "host", status: .unknown, severity: $0, why: "")] }
        ?? [],
      next: ""
    )
  }

  @Test func `JUnit is printed, and counts failures by the bound`() throws {
    let run = try Invocation("doctor", founding, "--format", "junit")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"))
    #expect(run.output.contains("<failure message=\"br-ci has no MAC of its own"))
  }

  @Test(arguments: [
    ("", "it is empty"), ("{", "too early"), ("{]", "on line 1"), ("[]", "no \"schema\""),
    ("{\"schema\": \"kingpost.findings/1\"}", "kingpost.findings/1"),
    ("{\"schema\": \"kingpost.snapshot/9\"}", "version 9"),
    ("{\"schema\": \"kingpost.snapshot/1\", \"tool\": 7}", "tool"),
    ("KINGPOST-COLLECTOR 1\n@ hostname\n|ci1\n", "too early"),
    ("KINGPOST-COLLECTOR 2\n@ end\n", "version 2"), ("KINGPOST-COLLECTOR 1\n@ end\n", "hostname"),
    ("KINGPOST-COLLECTOR 1\nnonsense\n@ end\n", "line 2"), ("\u{1b}[31m", "on line 1"),
  ])
  func `bad input is refused with what is wrong and where`(text: String, words: String) throws {
    let file = try folder.file("bad.json", text)
    for arguments in [["doctor", file], ["compare", file, founding], ["snapshot", file]] {
      let run = try Invocation(Invocation.program, arguments)
      #expect(run.status == 64)
      #expect(run.output == "")
      #expect(run.errors.contains(words))
      #expect(run.errors.contains("bad.json"))
      #expect(run.errors.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    }
  }

  @Test func `files that aren't there or can't be read are refused`() throws {
    for path in ["/nonexistent/x.json", folder.path, "x.json"] {
      let run = try Invocation("doctor", path)
      #expect(run.status == 64)
      #expect(run.errors.split(separator: "\n").count == 1)
    }
    #expect(try Invocation("doctor", founding, founding).errors.contains("one snapshot at a time"))
  }

  @Test func `standard input is read`() throws {
    let run = try Invocation(shell: "\"$kingpost\" doctor - < '\(founding)'")
    #expect(run.status == 1)
    #expect(run.output == (try Invocation("doctor", founding).output))
    #expect(try Invocation("doctor", "-").errors.contains("standard input: it is empty"))
  }

  @Test func `an explanation has the mechanism, and its page is Markdown`() throws {
    let text = try Invocation("doctor", "--explain", "bridge-mac-unstable")
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("bridge-mac-unstable: a bridge without a MAC of its own"))
    #expect(text.output.contains("br_stp_recalculate_bridge_id"))
    #expect(text.output.contains("kingpost prove bridge-mac-unstable"))
    #expect(text.output.split(separator: "\n").filter { !$0.hasPrefix("    ") }.allSatisfy { $0.count <= 80 })
    let page = try Invocation("doctor", "--explain", "bridge-mac-unstable", "--format", "markdown")
    #expect(page.output.hasPrefix("# bridge-mac-unstable: "))
    #expect(page.output.contains("\n## What happens\n"))
  }

  @Test(arguments: [
    (["doctor", "--explain", "bridge-mac"], "bridge-mac-unstable"),
    (["doctor", "--explain", "xyzzy-none"], "--list"),
    (["doctor", "--format", "markdown"], "--explain"),
    (["doctor", "--explain", "x", "--format", "json"], "text and"),
    (["doctor", "--explain", "x", "host"], "looks at nothing"),
    (["doctor", "--fail-on", "fatal"], "critical"),
    (["doctor", "--format", "xml"], "junit"),
  ])
  func `bad options are refused with what is allowed`(arguments: [String], words: String) throws {
    let run = try Invocation(Invocation.program, arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(words))
    #expect(run.output == "")
  }
}
