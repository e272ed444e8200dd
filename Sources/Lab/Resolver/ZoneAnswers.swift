package import Frames
package import NetworkTypes

/// Answers questions from a zone.
package struct ZoneAnswers: Sendable {
  /// What a question's answer consists of.
  package struct Answer {
    package let responseCode: DNSResponseCode
    package let answers: [DNSRecord]
    package let authorities: [DNSRecord]
  }

  private let zone: Zone
  fileprivate let origin: DNSName

  /// Answers from `zone`.
  package init(_ zone: Zone) throws(Zone.InvalidOrigin) {
    guard let origin = DNSName(zone.origin) else { throw Zone.InvalidOrigin(origin: zone.origin) }
    self.zone = zone
    self.origin = origin
  }

  /// The answer to a question: NXDOMAIN outside the zone, no records for types that it doesn't have.
  package func answer(_ question: DNSQuestion, textSize: Int?) -> Answer {
    guard question.name.isWithin(origin), question.class == .internet else {
      return Answer(responseCode: .nameError, answers: [], authorities: [startOfAuthority])
    }
    let digest = question.name.digest
    let data: [DNSRecordData] =
      switch question.type {
      case .a: [.a(zone.address ?? Self.address(of: digest))]
      case .aaaa: [.aaaa(zone.address6 ?? Self.address6(of: digest))]
      case .txt: [.txt([[UInt8](repeating: 0x78, count: textSize ?? 32)])]
      case .any:
        [.a(zone.address ?? Self.address(of: digest)), .aaaa(zone.address6 ?? Self.address6(of: digest))]
      default: []
      }
    return Answer(
      responseCode: .noError,
      answers: data.map { DNSRecord(question.name, timeToLive: zone.timeToLive, $0) },
      authorities: data.isEmpty ? [startOfAuthority] : []
    )
  }

  /// The address in 198.18.0.0/15 that belongs to a name's digest.
  package static func address(of digest: UInt64) -> IPv4Address {
    IPv4Address(198, 18, 0, 0).advanced(by: UInt32(digest >> 47))
  }

  /// The address in 2001:db8::/64 that belongs to a name's digest.
  package static func address6(of digest: UInt64) -> IPv6Address {
    IPv6Address(0x2001_0db8 << 96 | UInt128(digest))
  }

  private var startOfAuthority: DNSRecord {
    let mailbox = DNSName(labels: [Array("hostmaster".utf8)] + origin.labels) ?? origin
    return DNSRecord(
      origin,
      timeToLive: zone.timeToLive,
      .soa(
        DNSStartOfAuthority(
          primary: origin,
          mailbox: mailbox,
          serial: 1,
          refresh: 3600,
          retry: 600,
          expire: 86_400,
          minimum: zone.timeToLive
        )
      )
    )
  }
}

extension ZoneAnswers {
  /// A name of the zone for trying whether a server answers.
  var probeName: DNSName { DNSName(labels: [Array("ready".utf8)] + origin.labels) ?? origin }
}
