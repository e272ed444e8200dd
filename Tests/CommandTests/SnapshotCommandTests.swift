import Foundation
import Observation
import Testing

@Suite struct SnapshotCommandTests {
  private let folder: TemporaryFolder
  private let founding: String

  init() throws {
    folder = try TemporaryFolder()
    founding = try folder.file("founding.json", MadeHost.snapshot())
  }

  @Test func `a file is for its owner only, and there is nothing beside it`() throws {
    let path = folder.path + "/out.json"
    let run = try Invocation("snapshot", founding, "-o", path)
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8) == String(contentsOfFile: founding, encoding: .utf8)
    )
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "founding.json", "out.json",
      ]
    )
    // A file that is there already is replaced as a whole.
    #expect(try Invocation("snapshot", founding, "-o", path).status == 0)
  }

  @Test func `names give a terminal no orders, and stay what they are`() throws {
    var hostile = MadeHost.snapshot()
    hostile.origin.host = "\u{1b}[31m\u{9b}2J\u{202e}é"
    let path = try folder.file("hostile.json", hostile)
    let run = try Invocation("snapshot", path)
    #expect(run.output.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    #expect(try Observation.Snapshot(json: Array(run.output.utf8)) == hostile)
  }

  @Test func `what is no file is not replaced`() throws {
    for path in ["/dev/null", folder.path] {
      let run = try Invocation("snapshot", founding, "-o", path)
      #expect(run.status == 64)
      #expect(run.errors.contains("exists and is no file"))
    }
    let run = try Invocation("snapshot", founding, "-o", folder.path + "/none/out.json")
    #expect(run.status == 64)
    #expect(run.errors.contains("was not written"))
  }

  @Test func `an anonymised snapshot has other names, and the same findings`() throws {
    let key = try folder.file("key", "sixteen bytes or more of it")
    let path = folder.path + "/out.json"
    let run = try Invocation("snapshot", founding, "--anonymise", "--key-file", key, "-o", path)
    #expect(run.status == 0)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for name in ["ci1", "br-ci", "controller", "veth1"] { #expect(!text.contains("\"\(name)\"")) }
    #expect(text.contains("\"docker0\""))
    let doctor = try Invocation("doctor", path)
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("CRITICAL bridge-mac-unstable"))
    let again = try Invocation("snapshot", founding, "--anonymise", "--key-file", key)
    #expect(again.output == text)
    #expect(try Invocation("snapshot", founding, "--anonymise").output != text)
    let short = try folder.file("short", "short")
    #expect(try Invocation("snapshot", founding, "--anonymise", "--key-file", short).status == 64)
    #expect(try Invocation("snapshot", founding, "--key-file", key).status == 64)
  }

  @Test func `the collector's script is one that a shell can read, in ASCII`() throws {
    let script = try Invocation("snapshot", "--script")
    #expect(script.status == 0)
    #expect(script.output.hasPrefix("#!/bin/sh\n"))
    #expect(script.output.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    // Nothing is left that was to be filled in.
    #expect(script.output.firstRange(of: /@[A-Z_]+@/) == nil)
    let check = try Invocation(shell: "\"$kingpost\" snapshot --script | sh -n")
    #expect(check.status == 0)
    #expect(check.errors == "")
  }

  @Test(arguments: ["shellcheck -s sh -", "busybox sh -n", "dash -n", "bash -n"])
  func `other shells and shellcheck have nothing against it`(command: String) throws {
    let program = command.prefix { $0 != " " }
    guard try Invocation(shell: "command -v \(program)").status == 0 else {
      try Test.cancel("\(program) is missing: apt-get install \(program)")
    }
    let check = try Invocation(shell: "\"$kingpost\" snapshot --script | \(command)")
    #expect(check.status == 0)
    #expect(check.output == "")
    #expect(check.errors == "")
  }

  @Test func `what the script prints here is read, whoever runs it`() throws {
    let run = try Invocation(shell: "\"$kingpost\" snapshot --script | sh -s | \"$kingpost\" snapshot -")
    #expect(run.errors == "")
    #expect(run.status == 0)
    #expect(run.output.contains("\"tool\" : \"kingpost collector 1\""))
    #expect(run.output.contains("\"machine\""))
  }
}
