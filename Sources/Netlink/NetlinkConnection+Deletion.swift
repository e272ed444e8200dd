internal import NetlinkCodec
public import NetworkTypes
internal import SystemPackage
internal import WireFormat

extension NetlinkConnection {
  /// Deletes a link, and with a veth its other end. Equivalent to: `ip link delete dev NAME`.
  public func deleteLink(_ index: InterfaceIndex) throws(NetlinkError) {
    var link = Link()
    link.index = index
    try perform(.deleteLink, for: Purpose("delete", self.describe(index)), link.write(to:))
  }

  /// Deletes links, and with veths their other ends.
  ///
  /// The kernel waits for all its processors after each request that deletes, which costs milliseconds. So
  /// the links are put into a group of their own, which one request deletes. Equivalent to:
  /// `ip link set dev NAME group N` for each, and `ip link delete group N`.
  ///
  /// Links that can't be deleted don't keep the others; the error is that of the first one.
  public func deleteLinks(_ indexes: [InterfaceIndex]) throws(NetlinkError) {
    if indexes.count < 3 { return try deleteOneByOne(indexes) }
    let purpose = Purpose("delete", "links")
    let groups = try links(statistics: false).map { (index: $0.index, group: $0.group ?? 0) }
    let group = freeGroup(groups.map(\.group))
    let outcomes = try performAll(indexes, .setLink, for: purpose) { (index, writer) throws(WireError) in
      try Link.member(index, of: group).write(to: &writer)
    }
    do {
      try perform(.deleteLink, for: purpose, Link.member(InterfaceIndex(0), of: group).write(to:))
    } catch {
      // One of them is of a kind that can't be deleted, so the kernel deleted none.
      let previous = groups.filter { indexes.contains($0.index) }
      _ = try performAll(previous, .setLink, for: purpose) { (link, writer) throws(WireError) in
        try Link.member(link.index, of: link.group).write(to: &writer)
      }
      return try deleteOneByOne(indexes)
    }
    for (index, outcome) in zip(indexes, outcomes) where outcome.error != 0 {
      throw Purpose("delete", "link \(index)").error(outcome)
    }
  }

  private func deleteOneByOne(_ indexes: [InterfaceIndex]) throws(NetlinkError) {
    let outcomes = try performAll(indexes, .deleteLink, for: Purpose("delete", "links")) {
      (index, writer) throws(WireError) in
      var link = Link()
      link.index = index
      try link.write(to: &writer)
    }
    for (index, outcome) in zip(indexes, outcomes) where outcome.error != 0 {
      throw Purpose("delete", self.describe(index)).error(outcome)
    }
  }

  /// A number that no link has as its group.
  private func freeGroup(_ used: [UInt32]) -> UInt32 {
    while true {
      let number = UInt32.random(in: 0x4000_0000...0x7fff_ffff)
      if !used.contains(number) { return number }
    }
  }
}

extension Link {
  fileprivate static func member(_ index: InterfaceIndex, of group: UInt32) -> Link {
    var link = Link()
    link.index = index
    link.group = group
    return link
  }
}
