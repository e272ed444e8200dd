internal import LinuxSystem
internal import NetlinkCodec
public import NetworkTypes
internal import SystemPackage
internal import WireFormat

extension NetlinkConnection {
  /// Makes a link, with its peer if it has one. Equivalent to: `ip link add name NAME type KIND …`, for a veth
  /// `ip link add name NAME type veth peer name PEER netns NAMESPACE`.
  ///
  /// A peer in another namespace is made there at once. If it is to be up, that is a request of its own, through
  /// a connection to its namespace, because the kernel can't switch on an end before the other is there.
  ///
  /// - Returns: the number of the link.
  public func createLink(_ link: NewLink) throws(NetlinkError) -> InterfaceIndex {
    let indexes = try createLinks([link])
    return indexes[0]
  }

  /// Makes links, many in one message to the kernel.
  ///
  /// - Returns: the links' numbers, in the same order. If one can't be made, those before and after it are made
  ///   nevertheless, and the error is that of the first one.
  public func createLinks(_ links: [NewLink]) throws(NetlinkError) -> [InterfaceIndex] {
    var indexes = [InterfaceIndex?](repeating: nil, count: links.count)
    let outcomes = try performAll(
      links,
      .newLink,
      [.create, .exclusive, .echo],
      for: Purpose("create", links.count == 1 ? "link \(links[0].name)" : "links"),
      { (link, writer) throws(WireError) in try link.request.write(to: &writer) },
      answer: { (place, header, payload) throws(WireError) in
        if header.type == .newLink { indexes[place] = try Link.index(&payload) }
      }
    )
    var failure: NetlinkError?
    var found: [InterfaceIndex] = []
    for (place, link) in links.enumerated() {
      do throws(NetlinkError) {
        if outcomes[place].error != 0 { throw Purpose("create", "link \(link.name)").error(outcomes[place]) }
        // Before Linux 6.2 the kernel doesn't tell what it made.
        let index = if let index = indexes[place] { index } else { try self.link(named: link.name).index }
        if case .veth(let peer) = link.kind, peer.isUp { try switchOn(peer, of: index) }
        found.append(index)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return found
  }

  /// Switches on the other end of a veth that was just made; without success the veth is removed again.
  private func switchOn(_ peer: NewPeer, of index: InterfaceIndex) throws(NetlinkError) {
    var request = Link()
    request.name = peer.name
    request.flags = .up
    request.changedFlags = .up
    let purpose = Purpose("switch on", "link \(peer.name)")
    do throws(NetlinkError) {
      let connection = try connection(to: peer, for: purpose)
      try connection.perform(.newLink, for: purpose, request.write(to:))
    } catch {
      try deleteLink(index)
      throw error
    }
  }

  private func connection(
    to peer: NewPeer,
    for purpose: Purpose
  ) throws(NetlinkError) -> NetlinkConnection {
    guard let namespace = peer.namespace else { return self }
    do {
      return try NetlinkConnection(in: namespace)
    } catch let error as SystemError {
      throw purpose.error(.socket, error.errno)
    } catch {
      throw purpose.error(.socket, .ioError)
    }
  }
}
