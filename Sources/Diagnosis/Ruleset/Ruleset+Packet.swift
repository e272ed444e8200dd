internal import NetworkTypes
internal import Observation

extension Ruleset {
  /// What rules look at.
  struct Packet: Hashable {
    var inInterface: String
    var outInterface: String
    var source: SocketAddress
    var destination: SocketAddress
    var upperProtocol: UpperProtocol
    var state: ConnectionState
    /// The mark that it comes with; nothing of it is known unless it is given.
    var mark = Mark()
    /// Whether the destination is an address of the host.
    var destinationIsLocal = false
    /// Whether it goes from port to port of a bridge.
    var isBridged = false

    /// The packet that answers it: the other way round, and of a known connection.
    var answer: Packet {
      var answer = self
      swap(&answer.inInterface, &answer.outInterface)
      swap(&answer.source, &answer.destination)
      answer.state = .established
      return answer
    }
  }

  /// What an IP packet carries, as rules name it.
  enum UpperProtocol: String {
    case udp, tcp
    case icmpv6 = "ipv6-icmp"

    init(_ transport: DNSTransport) {
      self = transport == .udp ? .udp : .tcp
    }

    /// Its number (IANA, protocol numbers).
    var number: UInt8 {
      switch self {
      case .udp: 17
      case .tcp: 6
      case .icmpv6: 58
      }
    }
  }

  /// What connection tracking knows of a packet; it doesn't track neighbour discovery.
  enum ConnectionState: String {
    case new, established, untracked

    /// Its bit in `Test.states`.
    var bit: UInt8 {
      switch self {
      case .new: 1
      case .established: 2
      case .untracked: 4
      }
    }
  }

  /// A packet's mark, as far as it is known.
  struct Mark: Hashable, Sendable {
    private(set) var value: UInt32 = 0
    /// The bits that are known.
    private(set) var known: UInt32 = 0

    /// A mark of which nothing is known.
    init() {}
    /// A known mark.
    init(_ value: UInt32) {
      self.value = value
      known = .max
    }

    mutating func set(_ new: UInt32?, mask: UInt32, isCertain: Bool) {
      if let new, isCertain {
        value = value & ~mask | new & mask
        known |= mask
      } else {
        known &= ~mask
      }
    }

    func compare(_ other: UInt32, mask: UInt32) -> Match {
      // One known bit that differs decides; otherwise all must be known.
      if (value ^ other) & mask & known != 0 { return .no }
      return mask & ~known == 0 ? .yes : .unknown
    }
  }
}

extension Ruleset.Packet {
  /// A packet as attribution asks about it: nothing is known about its mark.
  init(
    inInterface: String,
    outInterface: String,
    source: SocketAddress,
    destination: SocketAddress,
    upperProtocol: Ruleset.UpperProtocol,
    state: Ruleset.ConnectionState
  ) {
    self.inInterface = inInterface
    self.outInterface = outInterface
    self.source = source
    self.destination = destination
    self.upperProtocol = upperProtocol
    self.state = state
  }

  /// Whether connection tracking's status of it has this bit.
  func status(_ name: String, _ walk: Ruleset.Walk) -> Ruleset.Match {
    switch name {
    case "dnat": walk.isRedirected ? .yes : .no
    case "seen-reply", "confirmed": state == .established ? .yes : .no
    case "expected", "dying": .no
    default: .unknown
    }
  }

  /// Whether an address is of this type to the host (fib(8) in nft(8), `-m addrtype`); these are unicast addresses.
  func isOfType(_ type: String, _ isLocal: Bool) -> Ruleset.Match {
    switch type {
    case "local": isLocal ? .yes : .no
    case "unicast": isLocal ? .no : .yes
    case "broadcast", "multicast", "anycast", "blackhole", "unspec", "prohibit", "unreachable": .no
    default: .unknown
    }
  }
}
