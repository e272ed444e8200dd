internal import Observation

/// One change to a bridge, in a file of whoever manages it.
struct BridgeFiles {
  /// What the added files are called: "stp".
  let topic: String
  /// What the change does, for a person: "Spanning tree off".
  let text: String
  /// The command that makes the change once the bridge exists.
  let command: String
  /// The lines of a `.netdev` file, its section first; nil if systemd-networkd has no setting for it.
  let netdev: String?
  /// The arguments of `nmcli connection modify NAME`; nil if NetworkManager has no setting for it.
  let nmcli: String?
  /// What a netplan file says below the bridge's name; nil if netplan has no setting for it.
  let netplan: String?

  /// The remedies that last, one for each manager of the bridge.
  func remedies(for bridge: BridgeView) -> [Remedy] {
    let name = bridge.name
    guard !bridge.configured.isEmpty else {
      return [
        Remedy(.persistent, "\(text): whatever makes \(name) does this afterwards.", commands: [command])
      ]
    }
    return bridge.configured.map { configured in
      switch configured.manager {
      case .networkd:
        if let netdev, configured.file.hasSuffix(".netdev") {
          let file = configured.file.split(separator: "/").last.map(String.init) ?? "\(name).netdev"
          return Remedy(
            .persistent,
            "\(text), systemd-networkd: a drop-in for the bridge's file; it holds from the next boot on.",
            files: [
              Remedy.File(path: "/etc/systemd/network/\(file).d/50-\(topic).conf", content: netdev + "\n")
            ]
          )
        }
      case .networkManager:
        if let nmcli {
          return Remedy(
            .persistent,
            "\(text), NetworkManager: the bridge's profile.",
            commands: ["nmcli connection modify \(name) \(nmcli)"]
          )
        }
      case .netplan:
        if let netplan {
          return Remedy(
            .persistent,
            "\(text), netplan: a file that is merged with the one that defines the bridge.",
            commands: ["netplan apply"],
            files: [
              Remedy.File(
                path: "/etc/netplan/99-\(name)-\(topic).yaml",
                content: "network:\n  version: 2\n  bridges:\n    \(name): \(netplan)\n"
              )
            ]
          )
        }
      case .ifupdown: break
      }
      return Remedy(
        .persistent,
        "\(text), ifupdown: a second stanza for the same interface is merged by ifup(8).",
        files: [
          Remedy.File(
            path: "/etc/network/interfaces.d/\(name)-\(topic)",
            content: "iface \(name) inet manual\n    up \(command)\n"
          )
        ]
      )
    }
  }
}
