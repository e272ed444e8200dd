import Testing

@testable import Diagnosis

@Suite struct `Patterns for names` {
  @Test(arguments: [
    ("*", "docker0", true), ("docker*", "docker0", true), ("docker?", "docker0", true),
    ("docker?", "docker", false),
    ("veth*", "eth0", false), ("br-*", "br-1f2e", true), ("eth[0-3]", "eth2", true),
    ("eth[0-3]", "eth4", false),
    ("eth[!0-3]", "eth4", true), ("*d*0", "docker0", true), ("*0*", "docker", false), ("", "", true),
    ("**", "", true), ("[a", "[a", true), ("e*n*p", "enpxenp", true),
  ]) func `match whole names as udev and systemd-networkd do`(pattern: String, name: String, isMatch: Bool) {
    #expect(NamePattern(pattern).matches(name) == isMatch)
  }
}
