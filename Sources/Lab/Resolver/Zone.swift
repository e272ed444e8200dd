internal import Frames
public import NetworkTypes

/// What a lab's resolver knows: every name below one origin has an address of each family.
///
/// Addresses follow from the name, unless fixed ones are given, so that an answer to another question can be
/// told from the right one. They are from the blocks for benchmarks (198.18.0.0/15, RFC 2544) and for
/// documentation (2001:db8::/32, RFC 3849). A TXT record is there too; a label `sN` makes it N bytes long.
public struct Zone: Sendable {
  /// A zone that cannot be.
  public struct InvalidOrigin: Error, Sendable, CustomStringConvertible {
    /// What was given.
    public let origin: String
    /// One line for a person.
    public var description: String { "not a domain name: \(origin)" }
  }

  /// The zone's name in presentation form.
  public let origin: String
  /// The IPv4 address of every name, or nil for one that follows from the name.
  public let address: IPv4Address?
  /// The IPv6 address of every name, or nil for one that follows from the name.
  public let address6: IPv6Address?
  /// For how many seconds answers may be kept.
  public let timeToLive: UInt32

  /// A zone; its origin is checked where it is served.
  public init(
    origin: String,
    address: IPv4Address? = nil,
    address6: IPv6Address? = nil,
    timeToLive: UInt32 = 0
  ) {
    self.origin = origin
    self.address = address
    self.address6 = address6
    self.timeToLive = timeToLive
  }
}
