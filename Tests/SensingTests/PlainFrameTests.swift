import Captures
import NetworkTypes
import Observation
import Testing

@testable import Sensing

/// What is read in one go must be what the codecs read: on real frames, and on each of them with an octet changed.
@Suite struct PlainFrameTests {
  static let files = [
    "veth.pcap", "any.pcap", "cooked.pcap", "several.pcapng", "converted.pcapng", "sections.pcapng",
  ]

  private struct Frame {
    let bytes: [UInt8]
    let linkType: LinkType
  }

  private func frames(_ file: String) throws -> [Frame] {
    var reader = try CaptureReader(opening: Fixtures.captures + file)
    var frames: [Frame] = []
    while reader.advance() {
      let frame = reader.frame
      frames.append(Frame(bytes: frame.bytes.indices.map { frame.bytes[$0] }, linkType: frame.linkType))
    }
    return frames
  }

  private func both(_ frame: Frame) -> (plain: Sighting?, any: Sighting?) {
    let time = Timestamp(nanoseconds: 1)
    let plain = PlainFrame(frame.bytes.span, linkType: frame.linkType)?.sighting(
      of: frame.bytes.span,
      at: time,
      interface: nil,
      packetType: nil
    )
    let any = Sighting(
      anyFrame: frame.bytes.span,
      linkType: frame.linkType,
      time: time,
      interface: nil,
      packetType: nil
    )
    return (plain, any)
  }

  @Test(arguments: files) func `real frames are read alike in both ways`(file: String) throws {
    var plain = 0
    for frame in try frames(file) {
      let sightings = both(frame)
      guard sightings.plain != nil else { continue }
      plain += 1
      #expect(sightings.plain == sightings.any)
    }
    // All its DNS over UDP.
    #expect(plain >= 5)
  }

  @Test(arguments: files) func `a frame with an octet changed is left to the codecs or read alike`(
    file: String
  ) throws {
    for frame in try frames(file) where both(frame).plain != nil {
      for index in frame.bytes.indices {
        for value in [0, 1, frame.bytes[index] ^ 0x20, frame.bytes[index] &+ 1, 0x3f, 0x40, 0xc0, 0xff]
          as [UInt8]
        {
          var bytes = frame.bytes
          bytes[index] = value
          let changed = both(Frame(bytes: bytes, linkType: frame.linkType))
          if let plain = changed.plain { #expect(plain == changed.any) }
        }
      }
      for count in 0..<frame.bytes.count {
        let cut = both(Frame(bytes: Array(frame.bytes.prefix(count)), linkType: frame.linkType))
        if let plain = cut.plain { #expect(plain == cut.any) }
      }
    }
  }
}
