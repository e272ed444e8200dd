public import NetlinkCodec
internal import NetworkTypes
public import Observation

extension LinkState {
  /// Why states that come from netlink alone have no `addressAssignment`.
  public static let assignmentUnknown = "rtnetlink doesn't say who chose a link address; only sysfs does"

  /// An interface as the kernel describes it with rtnetlink (`RTM_NEWLINK`).
  public init(
    _ link: Link,
    addressAssignment: Reading<AddressAssignment> = .unreadable(reason: assignmentUnknown)
  ) {
    var bridge: BridgeAttributes?
    if case .bridge(let attributes) = link.kind { bridge = attributes }
    self.init(
      index: link.index,
      name: link.name ?? "",
      kind: link.kind?.name,
      address: link.address,
      addressAssignment: addressAssignment,
      master: link.master.flatMap { $0.rawValue == 0 ? nil : $0 },
      isUp: link.flags.contains(.up),
      portState: (link.bridgePort?.state).flatMap { PortState(rawValue: $0.rawValue) },
      spanningTree: bridge?.stpState.map { $0 != .off },
      forwardDelay: bridge?.forwardDelay,
      otherHostDropped: link.statistics?.otherHostDropped,
      isIsolated: link.bridgePort?.isolated
    )
  }

  /// The same interface with what a notification about a bridge's port says: whether it is one, and what
  /// spanning tree lets it do.
  func asPort(of master: InterfaceIndex?, _ state: PortState?, isIsolated: Bool?) -> LinkState {
    LinkState(
      index: index,
      name: name,
      kind: kind,
      address: address,
      addressAssignment: addressAssignment,
      master: master,
      isUp: isUp,
      portState: state,
      spanningTree: spanningTree,
      forwardDelay: forwardDelay,
      otherHostDropped: otherHostDropped,
      isIsolated: isIsolated
    )
  }
}
