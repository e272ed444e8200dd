public import NetlinkCodec

/// The state of a namespace at one moment, as far as it was asked for.
public struct RouteSnapshot: Hashable, Sendable {
  /// The links, with their counters.
  public var links: [Link] = []
  /// The addresses.
  public var addresses: [InterfaceAddress] = []
  /// The routes of all tables.
  public var routes: [Route] = []
  /// The routing rules.
  public var rules: [Rule] = []
  /// The neighbours of both families.
  public var neighbours: [Neighbour] = []
  /// The forwarding databases.
  public var forwardingEntries: [Neighbour] = []

  /// Nothing.
  public init() {}
}
