/// An Internet address of either family.
public enum IPAddress: Hashable, Sendable {
  /// An IPv4 address.
  case v4(IPv4Address)
  /// An IPv6 address.
  case v6(IPv6Address)

  /// An address from 4 or 16 octets in the order of transmission; nil for any other count.
  public init?(octets: some Collection<UInt8>) {
    if octets.count == 4 {
      self = .v4(IPv4Address(octets.reduce(0) { $0 << 8 | UInt32($1) }))
    } else if let address = IPv6Address(octets: octets) {
      self = .v6(address)
    } else {
      return nil
    }
  }

  /// The octets in the order of transmission.
  public var octets: [UInt8] {
    switch self {
    case .v4(let address): address.octets
    case .v6(let address): address.octets
    }
  }

  /// Whether it is 0.0.0.0 or ::.
  public var isUnspecified: Bool {
    switch self {
    case .v4(let address): address == .any
    case .v6(let address): address == .any
    }
  }

  /// The family.
  public var family: IPFamily {
    switch self {
    case .v4: .v4
    case .v6: .v6
    }
  }
}

/// IPv4 or IPv6.
public enum IPFamily: Hashable, Sendable, CaseIterable {
  /// RFC 791.
  case v4
  /// RFC 8200.
  case v6

  /// How many bits an address has.
  public var addressBits: Int { self == .v4 ? 32 : 128 }
}

extension IPAddress: Comparable {
  /// IPv4 before IPv6, then numeric order.
  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    switch (left, right) {
    case (.v4(let left), .v4(let right)): left < right
    case (.v6(let left), .v6(let right)): left < right
    case (.v4, .v6): true
    case (.v6, .v4): false
    }
  }
}

extension IPAddress: LosslessStringConvertible {
  /// Parses either family's text form.
  public init?(_ text: String) {
    if let address = IPv4Address(text) {
      self = .v4(address)
    } else if let address = IPv6Address(text) {
      self = .v6(address)
    } else {
      return nil
    }
  }

  /// Dotted decimal, or RFC 5952.
  public var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}

/// An address with the length of its network part, such as 172.18.0.1/16.
public struct IPPrefix: Hashable, Sendable {
  /// The address, host part included.
  public let address: IPAddress
  /// How many leading bits are the network's.
  public let length: Int

  /// A prefix; nil if the length is more than the family has bits.
  public init?(_ address: IPAddress, length: Int) {
    guard (0...address.family.addressBits).contains(length) else { return nil }
    self.address = address
    self.length = length
  }

  /// All addresses of a family: 0.0.0.0/0 or ::/0.
  public static func everything(_ family: IPFamily) -> IPPrefix {
    switch family {
    case .v4: IPPrefix(address: .v4(.any), length: 0)
    case .v6: IPPrefix(address: .v6(.any), length: 0)
    }
  }

  private init(address: IPAddress, length: Int) {
    self.address = address
    self.length = length
  }

  /// The same prefix with the host part zero.
  public var network: IPPrefix {
    let masked: IPAddress =
      switch address {
      case .v4(let address):
        .v4(IPv4Address(length == 0 ? 0 : address.rawValue & (UInt32.max << UInt32(32 - length))))
      case .v6(let address):
        .v6(IPv6Address(length == 0 ? 0 : address.rawValue & (UInt128.max << UInt128(128 - length))))
      }
    return IPPrefix(masked, length: length) ?? self
  }

  /// Whether an address of the same family has this network part.
  public func contains(_ other: IPAddress) -> Bool {
    guard other.family == address.family, let same = IPPrefix(other, length: length) else { return false }
    return same.network == network
  }
}

extension IPPrefix: LosslessStringConvertible {
  /// Parses ADDRESS/LENGTH.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])),
      parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(parts[1])
    else { return nil }
    self.init(address, length: length)
  }

  /// ADDRESS/LENGTH
  public var description: String { "\(address)/\(length)" }
}
