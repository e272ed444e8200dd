internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec

extension Lab {
  /// Whether the kernel has what a lab's hosts are made of.
  static func checkBridge(in trial: NetworkNamespace) throws {
    let connection = try NetlinkConnection(in: trial)
    let kinds: [(kind: NewLink.Kind, name: String, option: String)] = [
      (.bridge(BridgeAttributes()), "bridge", "CONFIG_BRIDGE"),
      (.veth(peer: NewPeer(name: "trial1")), "veth", "CONFIG_VETH"),
    ]
    for (kind, name, option) in kinds {
      do {
        let index = try connection.createLink(NewLink(name: "trial0", kind: kind))
        try connection.deleteLink(index)
      } catch {
        throw LabError(
          "The kernel can't make a \(name) here (\(error))",
          advice: "Load the module as root (modprobe \(name)), or use a kernel with \(option).",
          isMissingGround: true
        )
      }
    }
  }
}
