internal import NetworkTypes
internal import Observation

/// LXC's bridge as /etc/default/lxc-net has it: assignments of a shell, of which the last wins.
enum LXCNetwork {
  /// Reads the files; nil if they say that there is no bridge, or nothing.
  static func read(_ text: String) -> EngineNetwork? {
    var values: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let line = line.drop(while: \.isWhitespace)
      let parts = line.split(separator: "=", maxSplits: 1)
      guard !line.hasPrefix("#"), parts.count == 2 else { continue }
      values[String(parts[0])] = parts[1].trimming { $0 == "\"" || $0 == "'" || $0.isWhitespace }
    }
    guard values["USE_LXC_BRIDGE"] == "true" else { return nil }
    let bridge = values["LXC_BRIDGE"] ?? "lxcbr0"
    let gateway = IPAddress(values["LXC_ADDR"] ?? "10.0.3.1")
    let subnet = IPPrefix(values["LXC_NETWORK"] ?? "10.0.3.0/24")
    return EngineNetwork(
      id: bridge,
      name: bridge,
      driver: "bridge",
      bridge: bridge,
      isDefault: true,
      pools: subnet.map { [.init(subnet: $0, gateway: gateway)] } ?? []
    )
  }
}

extension Substring {
  /// Without the characters at both ends that satisfy a condition.
  fileprivate func trimming(_ isUnwanted: (Character) -> Bool) -> String {
    var rest = drop(while: isUnwanted)
    while let last = rest.last, isUnwanted(last) { rest.removeLast() }
    return String(rest)
  }
}
