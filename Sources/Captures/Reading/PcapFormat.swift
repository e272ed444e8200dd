internal import NetworkTypes

/// The classic format: a header, then frames with a header each (draft-ietf-opsawg-pcap).
///
/// ```
/// | magic 4 | version 2+2 | zone 4 | accuracy 4 | snapshot length 4 | FCS and link type 4 |
/// | seconds 4 | fraction 4 | captured 4 | original 4 | frame |
/// ```
struct PcapFormat {
  static let headerSize = 24

  /// Whether the integers are in the other byte order than this machine's.
  let isSwapped: Bool
  /// How many nanoseconds the fraction's unit is.
  private let unit: Int64
  /// How long a frame's header is: 16, or 24 in a format that a patched libpcap wrote.
  private let recordSize: Int
  private let largest: Int
  private let linkType: LinkType
  private let snapLength: UInt32

  /// The file's only interface.
  var interface: CaptureInterface { CaptureInterface(linkType: linkType, snapLength: snapLength) }

  /// Reads the header if the magic number is one of this format's; nil if it isn't. The header's octets are available.
  init?(_ buffer: borrowing CaptureBuffer) {
    let magic: UInt32 = buffer.load(at: 0, swapped: false)
    switch magic {
    case 0xa1b2_c3d4: (isSwapped, unit, recordSize) = (false, 1000, 16)
    case 0xd4c3_b2a1: (isSwapped, unit, recordSize) = (true, 1000, 16)
    case 0xa1b2_3c4d: (isSwapped, unit, recordSize) = (false, 1, 16)
    case 0x4d3c_b2a1: (isSwapped, unit, recordSize) = (true, 1, 16)
    case 0xa1b2_cd34: (isSwapped, unit, recordSize) = (false, 1000, 24)
    case 0x34cd_b2a1: (isSwapped, unit, recordSize) = (true, 1000, 24)
    default: return nil
    }
    snapLength = buffer.load(at: 16, swapped: isSwapped)
    let link: UInt32 = buffer.load(at: 20, swapped: isSwapped)
    // Writers put anything into the snapshot length; libpcap's own limit is below.
    // What is read can be written as a block of pcapng, with room for what is around a frame there.
    largest = min(max(Int(snapLength), 262_144), CaptureBuffer.largestBlock - 65_536)
    linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: link))
  }

  /// What is next: true for a frame, which `record` then describes, false for the end.
  @inline(__always)
  func next(_ buffer: inout CaptureBuffer, _ record: inout CaptureRecord) throws(Ending) -> Bool {
    guard buffer.require(recordSize) else {
      if buffer.available == 0 { return false }
      throw .truncated("a frame's header is cut off")
    }
    let seconds: UInt32 = buffer.load(at: 0, swapped: isSwapped)
    let fraction: UInt32 = buffer.load(at: 4, swapped: isSwapped)
    let captured: UInt32 = buffer.load(at: 8, swapped: isSwapped)
    let original: UInt32 = buffer.load(at: 12, swapped: isSwapped)
    let count = Int(captured)
    guard count <= largest else {
      throw .damaged("a frame says that \(captured) octets of it follow, of at most \(largest)")
    }
    record.offset = buffer.offset
    guard buffer.require(recordSize + count) else {
      let there = buffer.available - recordSize
      throw .truncated("a frame is cut off: \(there) of \(count) octets are there")
    }
    record.number += 1
    record.nanoseconds = Int64(seconds) * 1_000_000_000 + Int64(fraction) * unit
    record.hasTime = true
    record.originalLength = Int(original)
    record.start = buffer.start + recordSize
    record.count = count
    buffer.advance(recordSize + count)
    return true
  }
}

/// Why no more frames can be read.
enum Ending: Error {
  /// The file ends within something.
  case truncated(String, at: Int? = nil)
  /// Something contradicts itself.
  case damaged(String)
}
