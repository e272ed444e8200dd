/// What a message says (`NLMSG_*`, `linux/netlink.h`; `RTM_*`, `linux/rtnetlink.h`).
public struct NetlinkMessageType: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt16
  /// The type with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Nothing. The corresponding kernel constant is `NLMSG_NOOP`.
  public static let noOperation = NetlinkMessageType(rawValue: 1)
  /// An error, or with error 0 an acknowledgement. The corresponding kernel constant is `NLMSG_ERROR`.
  public static let error = NetlinkMessageType(rawValue: 2)
  /// The end of a multipart answer. The corresponding kernel constant is `NLMSG_DONE`.
  public static let done = NetlinkMessageType(rawValue: 3)
  /// Data was lost. The corresponding kernel constant is `NLMSG_OVERRUN`.
  public static let overrun = NetlinkMessageType(rawValue: 4)
  /// Create or change a link; in answers and notifications: a link as it is. The corresponding kernel constant is
  /// `RTM_NEWLINK`.
  public static let newLink = NetlinkMessageType(rawValue: 16)
  /// Delete a link; in notifications: it is gone. The corresponding kernel constant is `RTM_DELLINK`.
  public static let deleteLink = NetlinkMessageType(rawValue: 17)
  /// Read a link. The corresponding kernel constant is `RTM_GETLINK`.
  public static let getLink = NetlinkMessageType(rawValue: 18)
  /// Change a link. The corresponding kernel constant is `RTM_SETLINK`.
  public static let setLink = NetlinkMessageType(rawValue: 19)
  /// Create or change an address; in answers and notifications: an address as it is. The corresponding kernel constant is
  /// `RTM_NEWADDR`.
  public static let newAddress = NetlinkMessageType(rawValue: 20)
  /// Delete an address; in notifications: it is gone. The corresponding kernel constant is
  /// `RTM_DELADDR`.
  public static let deleteAddress = NetlinkMessageType(rawValue: 21)
  /// Read an address. The corresponding kernel constant is `RTM_GETADDR`.
  public static let getAddress = NetlinkMessageType(rawValue: 22)
  /// Create or change a route; in answers and notifications: a route as it is. The corresponding kernel constant is
  /// `RTM_NEWROUTE`.
  public static let newRoute = NetlinkMessageType(rawValue: 24)
  /// Delete a route; in notifications: it is gone. The corresponding kernel constant is
  /// `RTM_DELROUTE`.
  public static let deleteRoute = NetlinkMessageType(rawValue: 25)
  /// Read a route. The corresponding kernel constant is `RTM_GETROUTE`.
  public static let getRoute = NetlinkMessageType(rawValue: 26)
  /// Create or change a neighbour or forwarding entry; in answers and notifications: a neighbour or forwarding entry as it is. The corresponding kernel constant is
  /// `RTM_NEWNEIGH`.
  public static let newNeighbour = NetlinkMessageType(rawValue: 28)
  /// Delete a neighbour or forwarding entry; in notifications: it is gone. The corresponding kernel constant is
  /// `RTM_DELNEIGH`.
  public static let deleteNeighbour = NetlinkMessageType(rawValue: 29)
  /// Read a neighbour or forwarding entry. The corresponding kernel constant is `RTM_GETNEIGH`.
  public static let getNeighbour = NetlinkMessageType(rawValue: 30)
  /// Create or change a routing rule; in answers and notifications: a routing rule as it is. The corresponding kernel constant is
  /// `RTM_NEWRULE`.
  public static let newRule = NetlinkMessageType(rawValue: 32)
  /// Delete a routing rule; in notifications: it is gone. The corresponding kernel constant is
  /// `RTM_DELRULE`.
  public static let deleteRule = NetlinkMessageType(rawValue: 33)
  /// Read a routing rule. The corresponding kernel constant is `RTM_GETRULE`.
  public static let getRule = NetlinkMessageType(rawValue: 34)
  /// Add an entry to a bridge's multicast database; in notifications: an entry as it is. The corresponding kernel
  /// constant is `RTM_NEWMDB`.
  public static let newMulticast = NetlinkMessageType(rawValue: 84)
  /// Delete an entry of a bridge's multicast database; in notifications: it is gone. The corresponding kernel
  /// constant is `RTM_DELMDB`.
  public static let deleteMulticast = NetlinkMessageType(rawValue: 85)
  /// Read the bridges' multicast databases; in answers too: a database as it is. The corresponding kernel constant is `RTM_GETMDB`.
  public static let getMulticast = NetlinkMessageType(rawValue: 86)
  /// Give a network namespace a number; in answers: the number. The corresponding kernel constant is
  /// `RTM_NEWNSID`.
  public static let newNamespaceIdentifier = NetlinkMessageType(rawValue: 88)
  /// Read the number of a network namespace. The corresponding kernel constant is `RTM_GETNSID`.
  public static let getNamespaceIdentifier = NetlinkMessageType(rawValue: 90)
  /// Add an alternative name. The corresponding kernel constant is `RTM_NEWLINKPROP`.
  public static let newLinkProperty = NetlinkMessageType(rawValue: 108)
  /// Remove an alternative name. The corresponding kernel constant is `RTM_DELLINKPROP`.
  public static let deleteLinkProperty = NetlinkMessageType(rawValue: 109)
  /// A tracked connection as it is. The corresponding kernel constants are `NFNL_SUBSYS_CTNETLINK` and
  /// `IPCTNL_MSG_CT_NEW` (`linux/netfilter/nfnetlink_conntrack.h`).
  public static let newFlow = NetlinkMessageType(rawValue: 0x100)
  /// Read tracked connections. The corresponding kernel constant is `IPCTNL_MSG_CT_GET`.
  public static let getFlow = NetlinkMessageType(rawValue: 0x101)
  /// Delete a tracked connection. The corresponding kernel constant is `IPCTNL_MSG_CT_DELETE`.
  public static let deleteFlow = NetlinkMessageType(rawValue: 0x102)
}
