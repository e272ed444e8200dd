import Glibc
import NetworkConfiguration
import Testing

@Suite struct GlobTests {
  @Test func `patterns match what fnmatch(3) matches`() {
    let patterns = [
      "", "*", "?", "br0", "br*", "*0", "b*r*0", "br[0-9]", "br[!0-9]", "br[^0-9]", "[", "[a", "br[]]",
      "br[]x]",
      "br[a-]", "br[-a]", "br\\*", "br[\\]]", "**", "*?*", "b?0", "br[0-9][0-9]", "*[!a-z]", "\\b\\r0",
      "br[!]]",
    ]
    let texts = [
      "", "b", "br0", "br12", "bra", "br-", "br]", "br*", "brx", "[", "[a", "eth0", "br\\", "br0.1", "br/0",
      "\\br0",
    ]
    for pattern in patterns {
      for text in texts {
        let theirs = unsafe fnmatch(pattern, text, 0) == 0
        #expect(Glob(pattern).matches(text) == theirs, "\(pattern) and \(text)")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `many asterisks take no time`() {
    #expect(!Glob(String(repeating: "*a", count: 2000)).matches(String(repeating: "a", count: 1999)))
  }
}
