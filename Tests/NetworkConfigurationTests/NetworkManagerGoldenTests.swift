import NetworkConfiguration
import Testing

/// NetworkManager's own merged settings, beside ours.
@Suite struct NetworkManagerGoldenTests {
  @Test(arguments: GoldenCase.all("networkmanager"))
  func `unmanaged devices are those of NetworkManager`(_ golden: GoldenCase) {
    var files = FileGathering(golden.tree)
    let list = NetworkManagerFiles(from: &files).settingsList("keyfile", "unmanaged-devices")
    let theirs = golden.golden.first { $0.hasPrefix("unmanaged-devices=") }?.dropFirst(
      "unmanaged-devices=".count
    )
    #expect(list?.parts.joined(separator: ",") == theirs.map(String.init))
  }
}
