internal import NetworkTypes

extension Ruleset {
  /// What of a packet a condition looks at.
  enum Field: Hashable, Sendable {
    case inInterface, outInterface
    case source, destination
    case sourcePort, destinationPort
    case upperProtocol, family
    case state, status
    case mark
    /// The kind of address that the destination or the source is to this host.
    case destinationType, sourceType
    /// Something that isn't known here.
    case unknown
  }

  /// What a field is compared with.
  enum Test: Hashable, Sendable {
    case name(String)
    case namePrefix(String)
    case addresses(IPAddress, IPAddress)
    case ports(UInt16, UInt16)
    case upperProtocol(UInt8)
    case family(IPFamily)
    /// One of these states; bits of `ConnectionState.bit`.
    case states(UInt8)
    case status(String)
    case mark(UInt32, mask: UInt32)
    case addressType(String)
    /// Any value.
    case any
    /// A value that isn't understood.
    case unknown
  }

  /// One condition of a rule.
  enum Condition: Hashable, Sendable {
    /// A field is, or isn't, one value.
    case one(Field, Test, isNegated: Bool)
    /// Fields together are, or aren't, among several values.
    case among([Field], [[Test]], isNegated: Bool)
    /// The packet goes from port to port of one bridge (`-m physdev --physdev-is-bridged`).
    case bridged(isNegated: Bool)
    /// Never holds for what is asked about here.
    case never
    /// Can't be judged; what it is.
    case unknown(String)
  }

  /// Whether a condition holds.
  enum Match { case yes, no, unknown }
}

extension Ruleset.Condition {
  /// Whether it holds for a packet that has this mark now.
  func holds(_ packet: Ruleset.Packet, _ walk: inout Ruleset.Walk) -> Ruleset.Match {
    switch self {
    case .one(let field, let test, let isNegated):
      return test.holds(field, packet, &walk).negated(isNegated)
    case .among(let fields, let values, let isNegated):
      var isUnknown = false
      for tests in values {
        var all = Ruleset.Match.yes
        for (field, test) in zip(fields, tests) {
          switch test.holds(field, packet, &walk) {
          case .yes: continue
          case .no: all = .no
          case .unknown: if all == .yes { all = .unknown }
          }
          if all == .no { break }
        }
        if all == .yes { return Ruleset.Match.yes.negated(isNegated) }
        if all == .unknown { isUnknown = true }
      }
      return isUnknown ? .unknown : Ruleset.Match.no.negated(isNegated)
    case .bridged(let isNegated):
      return (packet.isBridged ? Ruleset.Match.yes : .no).negated(isNegated)
    case .never: return .no
    case .unknown: return .unknown
    }
  }
}

extension Ruleset.Match {
  func negated(_ isNegated: Bool) -> Self {
    switch self {
    case .yes: isNegated ? .no : .yes
    case .no: isNegated ? .yes : .no
    case .unknown: .unknown
    }
  }

  fileprivate init(_ holds: Bool) { self = holds ? .yes : .no }
}

extension Ruleset.Test {
  func holds(_ field: Ruleset.Field, _ packet: Ruleset.Packet, _ walk: inout Ruleset.Walk) -> Ruleset.Match {
    switch (field, self) {
    case (_, .any): .yes
    case (_, .unknown), (.unknown, _): .unknown
    case (.inInterface, .name(let name)): .init(packet.inInterface == name)
    case (.outInterface, .name(let name)): .init(packet.outInterface == name)
    case (.inInterface, .namePrefix(let prefix)): .init(packet.inInterface.hasPrefix(prefix))
    case (.outInterface, .namePrefix(let prefix)): .init(packet.outInterface.hasPrefix(prefix))
    case (.source, .addresses(let low, let high)):
      compare(packet.source.address, low, high, &walk)
    case (.destination, .addresses(let low, let high)):
      compare(packet.destination.address, low, high, &walk)
    case (.sourcePort, .ports(let low, let high)):
      .init(low <= packet.source.port && packet.source.port <= high)
    case (.destinationPort, .ports(let low, let high)):
      .init(low <= packet.destination.port && packet.destination.port <= high)
    case (.upperProtocol, .upperProtocol(let number)): .init(number == packet.upperProtocol.number)
    case (.family, .family(let family)): .init(family == packet.source.address.family)
    case (.state, .states(let bits)):
      .init(bits & (walk.isUntracked ? Ruleset.ConnectionState.untracked.bit : packet.state.bit) != 0)
    case (.status, .status(let name)): packet.status(name, walk)
    case (.mark, .mark(let value, let mask)): walk.mark.compare(value, mask: mask)
    case (.destinationType, .addressType(let type)): packet.isOfType(type, packet.destinationIsLocal)
    case (.sourceType, .addressType(let type)): packet.isOfType(type, false)
    default: .unknown
    }
  }

  private func compare(
    _ address: IPAddress,
    _ low: IPAddress,
    _ high: IPAddress,
    _ walk: inout Ruleset.Walk
  ) -> Ruleset.Match {
    let holds = low <= address && address <= high
    // A rule that tells the addresses of one subnet apart: what is found for one doesn't hold for all.
    if !walk.tellsAddressesApart, let (first, last) = walk.alike, first <= address, address <= last {
      let all = low <= first && last <= high
      let none = high < first || last < low
      if !all, !none { walk.tellsAddressesApart = true }
    }
    return .init(holds)
  }
}
