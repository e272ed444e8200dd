internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension MulticastSnapshot {
  /// The entries of a bridge as the kernel describes them with rtnetlink (`RTM_NEWMDB`).
  static func list(_ database: MulticastDatabase) -> [MulticastSnapshot] {
    database.entries.compactMap { entry in
      let group: String
      switch entry.group {
      case .internet(let address): group = address.description
      case .link(let address): group = address.description
      case nil: return nil
      }
      return MulticastSnapshot(
        bridge: database.index,
        port: entry.port,
        group: group,
        isPermanent: entry.state == 1,
        vlan: entry.vlan == 0 ? nil : entry.vlan
      )
    }
  }
}
