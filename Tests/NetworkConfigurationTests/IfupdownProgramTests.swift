import FoundationEssentials
import Glibc
import NetworkConfiguration
import NetworkTypes
import Testing

/// ifquery itself, on the stanza that a remedy adds.
@Suite struct IfupdownProgramTests {
  /// Where the program may be: installed, or unpacked by `./do test`.
  private static let places =
    [
      "/sbin/ifquery", "/usr/sbin/ifquery",
      FilePath.normal(GoldenCase.folder + "../../../.build/tools/sbin/ifquery"),
    ]
  private static let program = places.first { unsafe access($0, X_OK) == 0 }

  @Test(.enabled(if: program != nil, "needs ifquery, of Debian's package ifupdown"))
  func `the stanza is merged with the bridge's own`() throws {
    let program = try #require(Self.program)
    let folder = FileManager.default.temporaryDirectory.path + "/kingpost-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/interfaces.d",
      withIntermediateDirectories: true
    )
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let name = try #require(PlainInterfaceName("br0"))
    let pin = AddressPin(name, MACAddress(0x0242_c100_0001)).ifupdownBridgeStanza
    let main = "source interfaces.d/*\niface br0 inet static\n  address 10.0.0.1/24\n  bridge_ports none\n"
    try main.write(toFile: folder + "/interfaces", atomically: false, encoding: .utf8)
    let added = folder + "/interfaces.d/" + FilePath.name(of: pin.path)
    try pin.content.write(toFile: added, atomically: false, encoding: .utf8)

    let answer = folder + "/answer"
    // A path of our own making; no word of it means anything to a shell.
    let status = unsafe system("\(program) -i \(folder)/interfaces br0 > \(answer) 2>&1")
    let text = try String(contentsOfFile: answer, encoding: .utf8)
    #expect(status == 0, "\(text)")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("address: 10.0.0.1") && lines.contains("bridge_ports: none"))
    #expect(lines.contains("pre-up: ip link set dev br0 address 02:42:c1:00:00:01"))
  }
}
