import Testing

@Suite struct UsageTests {
  @Test(arguments: [
    (["prove", "bridge-mac"], "bridge-mac-unstable"), (["prove", "masq-mising"], "masq-missing"),
    (["prove", "BR-NETFILTER"], "br-netfilter"), (["prove", "xyzzy-nothing-like-it"], "--list"),
    (["prove", ""], "--list"), (["prove", "--hosts", "0"], "to 60"), (["prove", "--hosts", "-4"], "to 60"),
    (["prove", "--hosts", "62"], "to 60"), (["prove", "--hosts", "11"], "even"),
    (["prove", "--hosts", "99999999999999999999"], "--hosts"), (["prove", "--hosts", "ten"], "--hosts"),
    (["prove", "--rate", "0"], "1 to 50"), (["prove", "--rate", "nan"], "1 to 50"),
    (["prove", "--rate", "inf"], "1 to 50"), (["prove", "--duration", "5.9"], "6 to 600"),
    (["prove", "--duration", "1e9"], "6 to 600"), (["prove", "--timeout", "0.1"], "0.2 to 5"),
    (["prove", "--mute", "0.51"], "0 to 0.5"), (["prove", "--mute", "-0.1"], "0 to 0.5"),
    (["prove", "--mute", "0.1", "--resolver", "dnsmasq"], "the lab's own resolver"),
    (["prove", "--resolver", "bind"], "unbound"), (["prove", "--seed", "-1"], "seed"),
    (["prove", "--seed", "18446744073709551616"], "seed"), (["prove", "--format", "xml"], "json"),
    (["prove", "--all", "masq-missing"], "--all"), (["prove", "--all", "--script"], "--script"),
    (["prove", "--list", "--script"], "--script"), (["prove", "--checks", "--script"], "--checks"),
    (["prove", "--all", "--checks"], "--all"), (["prove", "--no-such-option"], "--no-such-option"),
    (["nonsense"], "nonsense"), (["prove", "masq-missing", "br-netfilter"], "br-netfilter"),
  ])
  func `bad input is refused with what is allowed`(arguments: [String], words: String) throws {
    let run = try Invocation(Invocation.program, arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(words))
    #expect(run.output == "")
  }

  @Test func `an unknown fault's nearest names are told`() throws {
    let run = try Invocation("prove", "masq-mising")
    #expect(run.errors.contains("There is no fault \"masq-mising\". Did you mean masq-missing?\n"))
  }

  /// In octal, as printf(1) takes them: escape sequences, control characters, text that isn't UTF-8.
  @Test(arguments: [
    "\\033[31mred", "\\377\\376\\200", "\\302\\233\\0612J", "a\\r\\nb", "\\342\\200\\256", "\\007\\010\\177",
  ])
  func `hostile bytes don't reach the terminal`(bytes: String) throws {
    for arguments in [
      "prove \"$hostile\"", "prove --hosts=\"$hostile\"", "prove --\"$hostile\"", "\"$hostile\"",
    ] {
      let run = try Invocation(shell: "hostile=$(printf '\(bytes)'); exec \"$kingpost\" \(arguments)")
      #expect(run.status == 64)
      #expect(run.output == "")
      #expect(!run.errors.isEmpty)
      #expect(run.errors.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    }
  }

  @Test func `an endless argument is refused in short`() throws {
    let run = try Invocation("prove", String(repeating: "x", count: 100_000))
    #expect(run.status == 64)
    #expect(run.errors.utf8.count < 500)
  }

  @Test(arguments: ["--list", "--schema", "--script", "--help"])
  func `a reader that went away ends it quietly`(option: String) throws {
    let run = try Invocation(Invocation.program, ["prove", option], isReading: false)
    #expect(run.status == 0)
    #expect(run.errors == "")
  }
}
