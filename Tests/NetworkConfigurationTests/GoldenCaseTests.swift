import Testing

@Suite struct GoldenCaseTests {
  @Test(arguments: ["ifupdown", "links", "netplan", "networkmanager", "resolver", "sysctl"])
  func `there are cases, and each was recorded`(_ kind: String) {
    let cases = GoldenCase.all(kind)
    #expect(!cases.isEmpty)
    #expect(cases.allSatisfy { !$0.golden.isEmpty })
  }
}
