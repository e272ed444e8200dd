public import NetworkTypes
internal import WireFormat

/// What a checksum covers besides the packet itself (RFC 768; RFC 8200, section 8.1).
public struct PseudoHeader: Hashable, Sendable {
  /// Who sends.
  public var source: IPAddress
  /// Who receives.
  public var destination: IPAddress
  /// The protocol whose checksum it is.
  public var `protocol`: IPProtocol

  /// The pseudo-header of a packet of `protocol` between two addresses of one family.
  public init(source: IPAddress, destination: IPAddress, protocol: IPProtocol) {
    self.source = source
    self.destination = destination
    self.protocol = `protocol`
  }

  /// Adds addresses, protocol and length; the sum is the same whatever the order and the gaps of zeros.
  func add(to sum: inout InternetChecksum, length: Int) {
    source.addWords(to: &sum)
    destination.addWords(to: &sum)
    sum.add(UInt16(self.protocol.rawValue))
    sum.add(UInt16(truncatingIfNeeded: length >> 16))
    sum.add(UInt16(truncatingIfNeeded: length))
  }
}

extension IPAddress {
  fileprivate func addWords(to sum: inout InternetChecksum) {
    switch self {
    case .v4(let address):
      sum.add(UInt16(truncatingIfNeeded: address.rawValue >> 16))
      sum.add(UInt16(truncatingIfNeeded: address.rawValue))
    case .v6(let address):
      for shift in stride(from: UInt128(0), to: 128, by: 16) {
        sum.add(UInt16(truncatingIfNeeded: address.rawValue >> shift))
      }
    }
  }
}
