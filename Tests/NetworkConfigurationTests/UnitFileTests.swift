import NetworkConfiguration
import Testing

@Suite struct UnitFileTests {
  @Test func `sections of the same name stay apart, values don't`() {
    var file = UnitFile()
    let text =
      "[Address]\nAddress=10.0.0.1/24\n[Network]\nDNS=192.0.2.1 192.0.2.2\n[Address]\nAddress=10.0.1.1/24\n"
    #expect(file.read(Array(text.utf8), file: "a.network").isEmpty)
    let more = file.read(Array("[Network]\nDNS=192.0.2.3\nDHCP=yes\nDHCP=\n".utf8), file: "b.conf")
    #expect(more.isEmpty)
    #expect(file.sections.map(\.name) == ["Address", "Network", "Address", "Network"])
    #expect(file.list("Network", "DNS") == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    #expect(file.value("Network", "DHCP") == nil)
    #expect(file.assignments("Network", "DNS").map(\.file) == ["a.network", "b.conf"])
  }

  @Test func `mistakes have their lines, and the rest is read`() {
    var file = UnitFile()
    let text = "A=0\n[Network]\nnothing\n=b\nC=\\\n# between\n  d \\\n e\nF=g\n"
    var bytes = Array(text.utf8)
    bytes += Array("H=".utf8) + [0xff] + Array("\nI=j".utf8)
    let mistakes = file.read(bytes, file: "x")
    #expect(mistakes.map(\.line) == [1, 3, 4, 10])
    #expect(mistakes.first?.description.hasPrefix("x:1: A is outside of any section") == true)
    #expect(file.value("Network", "C") == "d   e")
    #expect(file.assignments("Network", "C").map(\.line) == [5])
    #expect(file.value("Network", "I") == "j")
    #expect(file.value("Network", "H") == nil)
  }

  @Test func `quotes and inversion`() {
    var file = UnitFile()
    _ = file.read(
      Array("\u{feff}[Match]\nName=!a* b\nName=c\nDriver='d e' \"f\"\nType=x\nType=\nType=y\n".utf8),
      file: "x"
    )
    #expect(file.patterns("Match", "Name") == ["!a*", "!b", "c"])
    #expect(file.patterns("Match", "Driver") == ["d e", "f"])
    #expect(file.patterns("Match", "Type") == ["y"])
  }
}
