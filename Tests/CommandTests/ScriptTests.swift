import Lab
import NetworkTypes
import Testing

@Suite struct ScriptTests {
  @Test(arguments: Fault.all.filter { !$0.isCheckOnly }.map(\.id), IPFamily.allCases)
  func `a fault's script is one that a shell can read, in ASCII`(id: String, family: IPFamily) throws {
    let options = family == .v6 ? ["--ipv6"] : []
    let fault = try #require(Fault.named(id))
    guard fault.families.contains(family), fault.proof == .lookups else {
      let refused = try Invocation(Invocation.program, ["prove", id, "--script"] + options)
      #expect(refused.status == 64)
      #expect(refused.output == "")
      return
    }
    let script = try Invocation(Invocation.program, ["prove", id, "--script"] + options)
    #expect(script.status == 0)
    #expect(script.errors == "")
    #expect(script.output.hasPrefix("#!/bin/sh\n# \(id): "))
    #expect(script.output.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    let words = options.joined(separator: " ")
    let check = try Invocation(shell: "\"$kingpost\" prove \(id) --script \(words) | sh -n")
    #expect(check.status == 0)
    #expect(check.errors == "")
  }

  @Test(arguments: Fault.all.filter(\.isCheckOnly).map(\.id))
  func `what no lookup shows has no script, and the reason is told`(id: String) throws {
    let refused = try Invocation("prove", id, "--script")
    #expect(refused.status == 64)
    guard case .checkOnly(let why)? = Fault.named(id)?.proof else { return }
    #expect(refused.errors.contains("No lookup fails that a script could show: \(why)"))
  }

  @Test func `the founding fault's script is the default, and always the same`() throws {
    let script = try Invocation("prove", "--script").output
    #expect(script == (try Invocation("prove", "bridge-mac-unstable", "--script").output))
    #expect(script != (try Invocation("prove", "--script", "--ipv6").output))
  }
}
