import NetworkConfiguration
import Observation
import Testing

/// What systemd-sysctl sets, beside what we say that it sets.
@Suite struct SysctlGoldenTests {
  @Test(arguments: GoldenCase.all("sysctl")) func `settings are those that systemd-sysctl makes`(
    _ golden: GoldenCase
  ) {
    var files = FileGathering(golden.tree)
    let settings = SysctlFiles(from: &files).settings
    var theirs: [String: String] = [:]
    for line in golden.golden where line.hasPrefix("set ") {
      let words = line.split(separator: " ").map(String.init)
      theirs[words[1]] = words[2]
    }
    #expect(!theirs.isEmpty)
    let names =
      golden.devices.flatMap { device in
        ["rp_filter", "arp_notify", "arp_ignore", "forwarding"].map { "net/ipv4/conf/\(device[0])/\($0)" }
      } + ["net/ipv4/ip_forward"]
    for name in names { #expect(settings.deciding(name)?.value == theirs[name], "\(name)") }
    #expect(files.mistakes.map(\.line) == [7])
    let plain = settings.filter(\.isReadByPlainSysctl)
    #expect(plain.map(\.file) == ["/etc/sysctl.conf"])
    #expect(plain.first?.isOnlyByPlainSysctl == nil)
  }
}
