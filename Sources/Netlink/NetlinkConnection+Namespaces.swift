public import LinuxSystem
internal import NetlinkCodec
internal import WireFormat

extension NetlinkConnection {
  /// The number by which this connection's namespace knows another, as in `Link.linkNamespace`; nil if it has
  /// none. Equivalent to: `ip netns list-id`.
  public func namespaceIdentifier(of namespace: NetworkNamespace) throws(NetlinkError) -> Int32? {
    var request = NamespaceIdentifier()
    request.descriptor = namespace.rawDescriptor
    var found: NamespaceIdentifier?
    try perform(
      .getNamespaceIdentifier,
      for: Purpose("read", "identifier of namespace \(namespace.identity)"),
      request.write(to:)
    ) { (header, payload) throws(WireError) in
      if header.type == .newNamespaceIdentifier { found = try NamespaceIdentifier(&payload) }
    }
    // The kernel says -1 for none (NETNSA_NSID_NOT_ASSIGNED).
    return found?.identifier.flatMap { $0 < 0 ? nil : $0 }
  }

  /// Gives another namespace a number in this connection's. Equivalent to: `ip netns set NAME NUMBER`.
  ///
  /// - Parameter identifier: The number; nil lets the kernel choose.
  public func setNamespaceIdentifier(
    _ identifier: Int32? = nil,
    of namespace: NetworkNamespace
  ) throws(NetlinkError) {
    var request = NamespaceIdentifier()
    request.descriptor = namespace.rawDescriptor
    request.identifier = identifier ?? -1
    try perform(
      .newNamespaceIdentifier,
      for: Purpose("set", "identifier of namespace \(namespace.identity)"),
      request.write(to:)
    )
  }
}
