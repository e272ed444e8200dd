internal import NetworkTypes

/// The newer format: blocks in sections (draft-ietf-opsawg-pcapng).
///
/// ```
/// | type 4 | total length 4 | body, padded to a multiple of four | total length 4 |
/// ```
struct PcapngFormat {
  /// What a block is (section 11.1 of the draft).
  private enum BlockType {
    static let section: UInt32 = 0x0a0d_0d0a
    static let interface: UInt32 = 1
    static let obsoletePacket: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let statistics: UInt32 = 5
    static let enhancedPacket: UInt32 = 6
  }

  /// A type, two lengths.
  private static let frame = 12
  /// The shortest block with a packet and its time.
  private static let packet = 32
  /// A file can describe more interfaces than this only to do harm.
  private static let mostInterfaces = 65_536
  /// How many octets of texts are kept of a file: a small compressed one could have gigabytes.
  private var roomForTexts = 1 << 20

  private(set) var interfaces: [CaptureInterface]
  /// Where the section's interfaces begin among all.
  private var firstOfSection = 0
  private var isSwapped = false
  private(set) var skipped = SkippedPackets()

  init(interfaces: [CaptureInterface]) { self.interfaces = interfaces }

  /// Whether a file that begins so is of this format.
  static func isIt(_ buffer: borrowing CaptureBuffer) -> Bool {
    let type: UInt32 = buffer.load(at: 0, swapped: false)
    return type == BlockType.section
  }

  /// What is next: true for a frame, which `record` then describes, false for the end.
  @inline(__always)
  mutating func next(_ buffer: inout CaptureBuffer, _ record: inout CaptureRecord) throws(Ending) -> Bool {
    while true {
      guard buffer.require(Self.frame) else {
        if buffer.available == 0 { return false }
        throw .truncated("a block's header is cut off")
      }
      let type: UInt32 = buffer.load(at: 0, swapped: isSwapped)
      if type == BlockType.section { try findByteOrder(buffer) }
      let total: UInt32 = buffer.load(at: 4, swapped: isSwapped)
      let length = Int(total)
      guard length >= Self.frame, length % 4 == 0 else {
        throw .damaged("a block of type \(type) says that it has \(total) octets")
      }
      guard length <= CaptureBuffer.largestBlock else {
        try passOver(type, length, &buffer)
        continue
      }
      guard buffer.require(length) else {
        throw .truncated(
          "a block of type \(type) is cut off: \(buffer.available) of \(length) octets are there"
        )
      }
      let again: UInt32 = buffer.load(at: length - 4, swapped: isSwapped)
      guard again == total else {
        throw .damaged("a block of type \(type) says that it has \(total) octets, and at its end \(again)")
      }
      if type == BlockType.enhancedPacket {
        let number: UInt32 = buffer.load(at: 8, swapped: isSwapped)
        if takePacket(of: Int(number), buffer, length, &record) {
          buffer.advance(length)
          return true
        }
        skipped.malformed += 1
      } else if try take(type, buffer, length, &record) {
        buffer.advance(length)
        return true
      }
      buffer.advance(length)
    }
  }

  /// Passes over a block that is too large to be looked at.
  private mutating func passOver(_ type: UInt32, _ length: Int, _ buffer: inout CaptureBuffer) throws(Ending)
  {
    switch type {
    case BlockType.section, BlockType.interface:
      throw .damaged(
        "a block of type \(type), which describes what follows, says that it has \(length) octets"
      )
    case BlockType.enhancedPacket, BlockType.simplePacket, BlockType.obsoletePacket: skipped.tooLarge += 1
    default: break
    }
    let offset = buffer.offset
    guard buffer.discard(length) else {
      throw .truncated("a block of \(length) octets is cut off", at: offset)
    }
  }

  /// | interface 4, or 2 and drops 2 | time 4+4 | captured 4 | original 4 | frame | options |
  @inline(__always)
  private func takePacket(
    of number: Int,
    _ buffer: borrowing CaptureBuffer,
    _ length: Int,
    _ record: inout CaptureRecord
  ) -> Bool {
    guard length >= Self.packet else { return false }
    let high: UInt32 = buffer.load(at: 12, swapped: isSwapped)
    let low: UInt32 = buffer.load(at: 16, swapped: isSwapped)
    let captured: UInt32 = buffer.load(at: 20, swapped: isSwapped)
    let original: UInt32 = buffer.load(at: 24, swapped: isSwapped)
    let interface = firstOfSection + number
    guard interface < interfaces.count, Int(captured) <= length - Self.packet else { return false }
    record.number += 1
    record.offset = buffer.offset
    record.nanoseconds = interfaces[interface].clock.nanoseconds(UInt64(high) << 32 | UInt64(low))
    record.hasTime = true
    record.interface = interface
    record.originalLength = Int(original)
    record.start = buffer.start + 28
    record.count = Int(captured)
    return true
  }

  /// Takes any other block; true if it has a frame.
  @inline(never)
  private mutating func take(
    _ type: UInt32,
    _ buffer: borrowing CaptureBuffer,
    _ length: Int,
    _ record: inout CaptureRecord
  ) throws(Ending) -> Bool {
    switch type {
    case BlockType.section:
      try takeSection(buffer, length)
      return false
    case BlockType.interface:
      try takeInterface(buffer, length)
      return false
    case BlockType.statistics:
      takeStatistics(buffer, length)
      return false
    case BlockType.simplePacket:
      if takeSimplePacket(buffer, length, &record) { return true }
      skipped.malformed += 1
      return false
    case BlockType.obsoletePacket:
      let number: UInt16 = buffer.load(at: 8, swapped: isSwapped)
      if takePacket(of: Int(number), buffer, length, &record) { return true }
      skipped.malformed += 1
      return false
    default:
      // Names, secrets, the journal, custom blocks: nothing that is needed.
      return false
    }
  }

  /// The byte order is that in which 0x1A2B3C4D is written after the block's length.
  private mutating func findByteOrder(_ buffer: borrowing CaptureBuffer) throws(Ending) {
    let magic: UInt32 = buffer.load(at: 8, swapped: false)
    switch magic {
    case 0x1a2b_3c4d: isSwapped = false
    case 0x4d3c_2b1a: isSwapped = true
    default: throw .damaged("a section says its byte order by 0x\(String(magic, radix: 16)), which is none")
    }
  }

  /// | byte order 4 | version 2+2 | section length 8 | options |
  private mutating func takeSection(_ buffer: borrowing CaptureBuffer, _ length: Int) throws(Ending) {
    guard length >= 28 else { throw .damaged("a section's header has \(length) octets, of at least 28") }
    let major: UInt16 = buffer.load(at: 12, swapped: isSwapped)
    guard major == 1 else { throw .damaged("a section is of version \(major); 1 is known") }
    firstOfSection = interfaces.count
  }

  /// | link type 2 | reserved 2 | snapshot length 4 | options |
  private mutating func takeInterface(_ buffer: borrowing CaptureBuffer, _ length: Int) throws(Ending) {
    guard length >= 20 else { throw .damaged("an interface's block has \(length) octets, of at least 20") }
    guard interfaces.count < Self.mostInterfaces else {
      throw .damaged("there are more than \(Self.mostInterfaces) interfaces")
    }
    let link: UInt16 = buffer.load(at: 8, swapped: isSwapped)
    let snapLength: UInt32 = buffer.load(at: 12, swapped: isSwapped)
    var interface = CaptureInterface(linkType: LinkType(rawValue: link), snapLength: snapLength)
    var (resolution, offset): (UInt8, Int64) = (6, 0)
    var options = PcapngOptions(at: 16, until: length - 4, isSwapped: isSwapped)
    while let option = options.next(buffer) {
      switch option.code {
      case PcapngOptions.comment: text(option, buffer).map { interface.comments.append($0) }
      case 2: interface.name = text(option, buffer)
      case 3: interface.text = text(option, buffer)
      case 9 where option.count >= 1: resolution = buffer.byte(at: option.place)
      case 11 where option.count >= 1 && buffer.byte(at: option.place) == 0:
        let rest = PcapngOptions.Option(code: 11, place: option.place + 1, count: option.count - 1)
        interface.filter = text(rest, buffer)
      case 14 where option.count >= 8: offset = buffer.load(at: option.place, swapped: isSwapped)
      default: break
      }
    }
    guard let clock = CaptureClock(resolution: resolution, offsetSeconds: offset) else {
      throw .damaged(
        "an interface's times have the resolution 0x\(String(resolution, radix: 16)), which is too fine"
      )
    }
    interface.clock = clock
    interfaces.append(interface)
  }

  /// An option's text, if there is room for it.
  private mutating func text(_ option: PcapngOptions.Option, _ buffer: borrowing CaptureBuffer) -> String? {
    roomForTexts -= option.count
    return roomForTexts < 0 ? nil : option.text(in: buffer)
  }

  /// | interface 4 | time 4+4 | options |
  private mutating func takeStatistics(_ buffer: borrowing CaptureBuffer, _ length: Int) {
    guard length >= 24 else { return }
    let number: UInt32 = buffer.load(at: 8, swapped: isSwapped)
    let interface = firstOfSection + Int(number)
    guard interface < interfaces.count else { return }
    // Each block says how many since the capture began; what the system dropped counts besides.
    var lost: UInt64?
    var options = PcapngOptions(at: 20, until: length - 4, isSwapped: isSwapped)
    while let option = options.next(buffer) {
      guard option.code == 5 || option.code == 7, option.count == 8 else { continue }
      let value: UInt64 = buffer.load(at: option.place, swapped: isSwapped)
      lost = (lost ?? 0) &+ value
    }
    if let lost { interfaces[interface].lost = lost }
  }

  /// | original 4 | frame |, of the section's first interface
  private func takeSimplePacket(
    _ buffer: borrowing CaptureBuffer,
    _ length: Int,
    _ record: inout CaptureRecord
  )
    -> Bool
  {
    guard length >= 16, firstOfSection < interfaces.count else { return false }
    let original: UInt32 = buffer.load(at: 8, swapped: isSwapped)
    let snapLength = Int(interfaces[firstOfSection].snapLength)
    let captured = min(Int(original), snapLength == 0 ? Int.max : snapLength)
    guard captured <= length - 16 else { return false }
    record.number += 1
    record.offset = buffer.offset
    record.hasTime = false
    record.interface = firstOfSection
    record.originalLength = Int(original)
    record.start = buffer.start + 12
    record.count = captured
    return true
  }
}

/// Packets that were passed over, because their blocks contradict themselves.
public struct SkippedPackets: Hashable, Sendable {
  /// Those of an interface that nothing describes, or with more octets than their block has room for.
  public internal(set) var malformed = 0
  /// Those in blocks of more than 16 MiB.
  public internal(set) var tooLarge = 0
}
