import Testing

@testable import Commands

@Suite struct SpellingTests {
  // Wagner and Fischer, "The String-to-String Correction Problem", JACM 21, 1974: the usual examples.
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("saturday", "sunday", 3),
    ("flaw", "lawn", 2), ("same", "same", 0), ("ab", "ba", 2),
  ])
  func `a distance counts letters put in, taken out and exchanged`(left: String, right: String, distance: Int)
  {
    #expect(Spelling.distance(left, right) == distance)
    #expect(Spelling.distance(right, left) == distance)
  }

  @Test(arguments: [
    ("masq-mising", ["masq-missing"]), ("MASQ-MISSING", ["masq-missing"]),
    ("ip", ["ip-duplicate", "ip-reset"]),
    ("xyzzy-nothing", []), ("", []),
  ])
  func `the nearest names are those that contain a text or nearly are it`(text: String, nearest: [String]) {
    #expect(
      Spelling.nearest(to: text, among: ["masq-missing", "ip-reset", "ip-duplicate", "stp-forward-delay"])
        == nearest
    )
  }

  @Test func `no more than three names are told`() {
    #expect(Spelling.nearest(to: "a", among: ["a1", "a2", "a3", "a4"]) == ["a1", "a2", "a3"])
  }

  @Test(arguments: [
    ("bridge-mac_1.0", "bridge-mac_1.0"), ("\u{1b}[31m", "?[31m"), ("a b\n", "a?b?"), ("é\u{202e}", "??"),
    (String(repeating: "x", count: 70), String(repeating: "x", count: 64)),
  ])
  func `what is repeated to a terminal is printable ASCII`(text: String, harmless: String) {
    #expect(text.harmless == harmless)
  }

  @Test func `messages keep their lines and spaces`() {
    #expect("Error: a b\nUsage: \u{1b}[31m\r\n\u{9b}é\u{7f}".printable == "Error: a b\nUsage: ?[31m?\n???")
  }
}
