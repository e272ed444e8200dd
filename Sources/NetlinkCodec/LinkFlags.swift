/// A link's flags (`linux/if.h`; netdevice(7)).
public struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt32
  /// Flags with these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// It was switched on. The corresponding kernel constant is `IFF_UP`.
  public static let up = LinkFlags(rawValue: 1)
  /// It can broadcast. The corresponding kernel constant is `IFF_BROADCAST`.
  public static let broadcast = LinkFlags(rawValue: 2)
  /// Its driver reports more. The corresponding kernel constant is `IFF_DEBUG`.
  public static let debug = LinkFlags(rawValue: 4)
  /// It is the loopback interface. The corresponding kernel constant is `IFF_LOOPBACK`.
  public static let loopback = LinkFlags(rawValue: 8)
  /// It has exactly one peer. The corresponding kernel constant is `IFF_POINTOPOINT`.
  public static let pointToPoint = LinkFlags(rawValue: 16)
  /// Without meaning today. The corresponding kernel constant is `IFF_NOTRAILERS`.
  public static let noTrailers = LinkFlags(rawValue: 32)
  /// Its state is up or unknown (RFC 2863). The corresponding kernel constant is `IFF_RUNNING`.
  public static let running = LinkFlags(rawValue: 64)
  /// Neighbours aren't resolved. The corresponding kernel constant is `IFF_NOARP`.
  public static let noARP = LinkFlags(rawValue: 128)
  /// It takes frames for everybody. The corresponding kernel constant is `IFF_PROMISC`.
  public static let promiscuous = LinkFlags(rawValue: 256)
  /// It takes all multicast. The corresponding kernel constant is `IFF_ALLMULTI`.
  public static let allMulticast = LinkFlags(rawValue: 512)
  /// It bundles others. The corresponding kernel constant is `IFF_MASTER`.
  public static let master = LinkFlags(rawValue: 1024)
  /// It is part of a bundle. The corresponding kernel constant is `IFF_SLAVE`.
  public static let slave = LinkFlags(rawValue: 2048)
  /// It can multicast. The corresponding kernel constant is `IFF_MULTICAST`.
  public static let multicast = LinkFlags(rawValue: 4096)
  /// Its medium can be chosen. The corresponding kernel constant is `IFF_PORTSEL`.
  public static let portSelection = LinkFlags(rawValue: 8192)
  /// It chooses its medium. The corresponding kernel constant is `IFF_AUTOMEDIA`.
  public static let automaticMedia = LinkFlags(rawValue: 16384)
  /// Its addresses go when it goes down. The corresponding kernel constant is `IFF_DYNAMIC`.
  public static let dynamic = LinkFlags(rawValue: 32768)
  /// There is a carrier. The corresponding kernel constant is `IFF_LOWER_UP`.
  public static let lowerUp = LinkFlags(rawValue: 65536)
  /// It waits for an event. The corresponding kernel constant is `IFF_DORMANT`.
  public static let dormant = LinkFlags(rawValue: 131072)
  /// It echoes what it sends. The corresponding kernel constant is `IFF_ECHO`.
  public static let echo = LinkFlags(rawValue: 262144)
}
