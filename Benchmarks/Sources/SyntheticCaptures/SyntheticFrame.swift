import WireFormat

/// The octets of a frame, made anew in the same room each time: what all frames have in common is there from
/// the beginning, since encoding each of some millions takes longer than writing them.
///
/// ```
/// | Ethernet 14 | IPv4 20 | UDP 8 | DNS header 12 | name, type, class | A record 16, in answers |
/// ```
struct SyntheticFrame {
  private enum Place {
    static let packet = 14
    static let datagram = 34
    static let message = 42
    static let question = 54
  }

  // Of networks for documentation (RFC 5737) and, behind the translation, of 10.0.0.0/16.
  private static let server: UInt32 = 0xc633_6435
  private static let uplink: UInt32 = 0xc000_020a
  private static let answers: UInt32 = 0xcb00_7100
  private static let clients: UInt32 = 0x0a00_0000
  private static let clientLinks: UInt64 = 0x0242_0a00_0000
  private static let bridgeLink: UInt64 = 0x0242_0a00_fffe
  private static let uplinkLink: UInt64 = 0x0200_c000_020a
  private static let gatewayLink: UInt64 = 0x0200_c000_0201
  /// What all names end with: corp.example.
  private static let zone: [UInt8] = [4] + Array("corp".utf8) + [7] + Array("example".utf8) + [0]

  /// The frame, and room for longer ones.
  private(set) var octets = [UInt8](repeating: 0, count: 128)
  /// How long the frame is.
  private(set) var count = 0

  init() {
    // EtherType IPv4; version 4 with 5 words of header; not to be fragmented; UDP.
    put(UInt16(0x0800), at: 12)
    octets[Place.packet] = 0x45
    octets[Place.packet + 6] = 0x40
    octets[Place.packet + 9] = 17
    // One question.
    put(UInt16(1), at: Place.message + 4)
  }

  /// Makes it the frame of a lookup at a step.
  mutating func become(_ step: Sighting.Step, of lookup: SyntheticLookup) {
    putMessage(lookup, isAnswer: step.isAnswer)
    let host = UInt32(lookup.client / 250) << 8 | UInt32(lookup.client % 250 + 1)
    let address = step.isTranslated ? Self.uplink : Self.clients | host
    putLinks(step, step.isTranslated ? Self.uplinkLink : Self.clientLinks | UInt64(host))
    putPacket(step, address, lookup)
    putDatagram(step, step.isTranslated ? lookup.translatedPort : lookup.port)
  }

  private mutating func putLinks(_ step: Sighting.Step, _ near: UInt64) {
    let far = step.isTranslated ? Self.gatewayLink : Self.bridgeLink
    put(step.isAnswer ? near : far, 6, at: 0)
    put(step.isAnswer ? far : near, 6, at: 6)
  }

  private mutating func putPacket(_ step: Sighting.Step, _ address: UInt32, _ lookup: SyntheticLookup) {
    put(UInt16(count - Place.packet), at: Place.packet + 2)
    // A packet keeps its number on its way.
    put(lookup.identifier ^ UInt16(step.isAnswer ? 0x5555 : 0xaaaa), at: Place.packet + 4)
    octets[Place.packet + 8] = step.isAnswer ? (step.isTranslated ? 57 : 56) : (step.isTranslated ? 63 : 64)
    put(UInt16(0), at: Place.packet + 10)
    put(step.isAnswer ? Self.server : address, at: Place.packet + 12)
    put(step.isAnswer ? address : Self.server, at: Place.packet + 16)
    var sum = InternetChecksum()
    sum.add(octets.span.extracting(Place.packet..<Place.datagram))
    put(sum.value, at: Place.packet + 10)
  }

  private mutating func putDatagram(_ step: Sighting.Step, _ port: UInt16) {
    let length = UInt16(count - Place.datagram)
    put(step.isAnswer ? 53 : port, at: Place.datagram)
    put(step.isAnswer ? port : 53, at: Place.datagram + 2)
    put(length, at: Place.datagram + 4)
    put(UInt16(0), at: Place.datagram + 6)
    // The pseudo-header begins with the addresses, which are before the datagram.
    var sum = InternetChecksum()
    sum.add(octets.span.extracting(Place.datagram - 8..<count))
    sum.add(UInt16(17))
    sum.add(length)
    // 0 says that there is no checksum.
    put(sum.value == 0 ? 0xffff : sum.value, at: Place.datagram + 6)
  }

  private mutating func putMessage(_ lookup: SyntheticLookup, isAnswer: Bool) {
    put(lookup.identifier, at: Place.message)
    // Recursion is desired; and of an answer, it is one, and recursion is available.
    put(UInt16(isAnswer ? 0x8180 : 0x0100), at: Place.message + 2)
    put(UInt16(isAnswer ? 1 : 0), at: Place.message + 6)
    count = putName(lookup)
    // A, IN
    append(UInt32(0x0001_0001))
    guard isAnswer else { return }
    // The name of the question, A, IN; for a minute; four octets.
    append(UInt16(0xc00c))
    append(UInt32(0x0001_0001))
    append(UInt32(60))
    append(UInt16(4))
    append(Self.answers | UInt32(lookup.number % 254 + 1))
  }

  /// Puts the name; where it ends.
  private mutating func putName(_ lookup: SyntheticLookup) -> Int {
    let letters = Place.question + 1
    let digits = letters + lookup.letterCount
    octets[Place.question] = UInt8(lookup.letterCount + SyntheticLookup.digits)
    for index in 0..<lookup.letterCount { octets[letters + index] = lookup.letter(index) }
    var rest = lookup.number
    for index in (0..<SyntheticLookup.digits).reversed() {
      octets[digits + index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    let zone = digits + SyntheticLookup.digits
    for index in 0..<Self.zone.count { octets[zone + index] = Self.zone[index] }
    return zone + Self.zone.count
  }

  private mutating func append<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) {
    put(value, at: count)
    count += Value.bitWidth / 8
  }

  /// Puts an integer, or its last octets, most significant octet first.
  private mutating func put<Value: FixedWidthInteger & UnsignedInteger>(
    _ value: Value,
    _ size: Int = Value.bitWidth / 8,
    at place: Int
  ) {
    for index in 0..<size {
      octets[place + index] = UInt8(truncatingIfNeeded: value >> Value(8 * (size - 1 - index)))
    }
  }
}
