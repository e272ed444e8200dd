/// The flags of a message (`NLM_F_*`, `linux/netlink.h`). Some bits mean different things in requests that
/// read, requests that create, requests that delete, and replies.
public struct NetlinkFlags: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt16
  /// Flags with these bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// It is a request. The corresponding kernel constant is `NLM_F_REQUEST`.
  public static let request = NetlinkFlags(rawValue: 0x1)
  /// Part of several, which a message of type `done` ends. The corresponding kernel constant is `NLM_F_MULTI`.
  public static let multipart = NetlinkFlags(rawValue: 0x2)
  /// An answer is wanted in any case. The corresponding kernel constant is `NLM_F_ACK`.
  public static let acknowledge = NetlinkFlags(rawValue: 0x4)
  /// The notification of the change is wanted as well. The corresponding kernel constant is `NLM_F_ECHO`.
  public static let echo = NetlinkFlags(rawValue: 0x8)
  /// What is listed changed meanwhile. The corresponding kernel constant is `NLM_F_DUMP_INTR`.
  public static let dumpInterrupted = NetlinkFlags(rawValue: 0x10)
  /// The kernel has applied the request's filter. The corresponding kernel constant is `NLM_F_DUMP_FILTERED`.
  public static let dumpFiltered = NetlinkFlags(rawValue: 0x20)

  /// Reading: all objects. The corresponding kernel constant is `NLM_F_DUMP`.
  public static let dump = NetlinkFlags(rawValue: 0x300)
  /// Creating: replace what is there. The corresponding kernel constant is `NLM_F_REPLACE`.
  public static let replace = NetlinkFlags(rawValue: 0x100)
  /// Creating: fail if it is there. The corresponding kernel constant is `NLM_F_EXCL`.
  public static let exclusive = NetlinkFlags(rawValue: 0x200)
  /// Creating: create if it isn't there. The corresponding kernel constant is `NLM_F_CREATE`.
  public static let create = NetlinkFlags(rawValue: 0x400)
  /// Creating: add to the end of a list. The corresponding kernel constant is `NLM_F_APPEND`.
  public static let append = NetlinkFlags(rawValue: 0x800)

  /// In an acknowledgement: the request isn't repeated whole. The corresponding kernel constant is
  /// `NLM_F_CAPPED`.
  public static let capped = NetlinkFlags(rawValue: 0x100)
  /// In an acknowledgement: attributes follow. The corresponding kernel constant is `NLM_F_ACK_TLVS`.
  public static let acknowledgementAttributes = NetlinkFlags(rawValue: 0x200)
}
