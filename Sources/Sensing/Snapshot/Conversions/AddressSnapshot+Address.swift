internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension AddressSnapshot {
  /// An address as the kernel describes it with rtnetlink (`RTM_NEWADDR`); nil for one of another family than IPv4
  /// and IPv6.
  init?(_ address: InterfaceAddress) {
    guard let prefix = address.prefix else { return nil }
    self.init(
      interface: address.index,
      prefix: prefix,
      peer: address.peer,
      scope: address.scope.name,
      flags: address.flags.names(family: prefix.address.family)
    )
  }
}

extension AddressFlags {
  /// The flags as ip-address(8) prints them.
  func names(family: IPFamily) -> [String] {
    var names = Self.all.filter { contains($0.flag) }.map(\.name)
    if contains(.secondary) { names.insert(family == .v6 ? "temporary" : "secondary", at: 0) }
    if !contains(.permanent) { names.append("dynamic") }
    return names
  }

  private static let all: [(flag: AddressFlags, name: String)] = [
    (.tentative, "tentative"), (.deprecated, "deprecated"), (.home, "home"),
    (.withoutDuplicateDetection, "nodad"), (.optimistic, "optimistic"), (.duplicate, "dadfailed"),
    (.managesTemporary, "mngtmpaddr"), (.withoutPrefixRoute, "noprefixroute"), (.joinsGroup, "autojoin"),
    (.stablePrivacy, "stable-privacy"),
  ]
}

extension RouteScope {
  /// The scope as ip-route(8) prints it.
  var name: String {
    switch self {
    case .universe: "global"
    case .site: "site"
    case .link: "link"
    case .host: "host"
    case .nowhere: "nowhere"
    default: "\(rawValue)"
    }
  }
}
