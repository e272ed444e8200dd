public import NetworkTypes

/// A bridge's multicast database: which ports want which groups (`struct br_port_msg` and `MDBA_*`,
/// `linux/if_bridge.h`).
///
/// ```
/// br_port_msg
/// MDBA_MDB ─ MDBA_MDB_ENTRY… ─ MDBA_MDB_ENTRY_INFO… ─ struct br_mdb_entry, MDBA_MDB_EATTR_*…
/// ```
public struct MulticastDatabase: Hashable, Sendable {
  /// The family; `bridge`.
  public var family = AddressFamily.bridge
  /// The bridge.
  public var index = InterfaceIndex(0)
  /// The groups, each with the ports that want it; nil if nothing is said about groups. The corresponding kernel
  /// constant is `MDBA_MDB` (`linux/if_bridge.h`).
  public var groups: [MulticastGroup]?
  /// Everything else in `MDBA_MDB`, as it came.
  public var unknownGroups = UnknownAttributes()
  /// Everything else, as it came; among it the ports towards routers (`MDBA_ROUTER`) and, in orders, the entry
  /// (`MDBA_SET_ENTRY`).
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}

  /// All entries of all groups.
  public var entries: [MulticastEntry] { (groups ?? []).flatMap(\.entries) }
}

/// A group of a multicast database. The corresponding kernel constant is `MDBA_MDB_ENTRY` (`linux/if_bridge.h`).
public struct MulticastGroup: Hashable, Sendable {
  /// The ports that want it.
  public var entries: [MulticastEntry] = []
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// None.
  public init() {}
}
