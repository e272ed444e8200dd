/// What every netlink message begins with (`struct nlmsghdr`, `linux/netlink.h`), in host byte order.
///
/// ```
///  0       4    6    8        12    16
/// +-------+----+----+--------+-----+
/// |length |type|flag|sequence|port |
/// +-------+----+----+--------+-----+
/// ```
public struct NetlinkHeader: Hashable, Sendable {
  /// Length in bytes of the message, this header included.
  public var length: UInt32
  /// What the message says.
  public var type: NetlinkMessageType
  /// How it is to be treated.
  public var flags: NetlinkFlags
  /// The request's number, which its replies repeat; 0 in notifications.
  public var sequence: UInt32
  /// The port of the socket that asked; 0 in notifications and in what a socket sends.
  public var port: UInt32

  /// How many bytes the header takes.
  public static let size = 16

  /// A header; the writer fills in the length.
  public init(
    type: NetlinkMessageType,
    flags: NetlinkFlags = [],
    sequence: UInt32 = 0,
    port: UInt32 = 0,
    length: UInt32 = 0
  ) {
    self.length = length
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.port = port
  }
}
