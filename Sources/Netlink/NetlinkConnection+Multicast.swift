public import NetlinkCodec
internal import SystemPackage
internal import WireFormat

extension NetlinkConnection {
  /// The multicast databases of all bridges; none if the kernel keeps none. Equivalent to: `bridge mdb show`.
  public func multicastDatabases() throws(NetlinkError) -> [MulticastDatabase] {
    do {
      return try dump(
        .getMulticast,
        // The kernel answers with the question's type.
        of: .getMulticast,
        for: Purpose("list", "multicast databases"),
        MulticastDatabase().write(to:),
        MulticastDatabase.init
      )
    } catch  where error.errno == .notSupported {
      // Without a bridge's module nobody answers.
      return []
    }
  }
}
