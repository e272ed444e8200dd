import Captures
import NetworkTypes

/// All that the reader says of a capture, with the checks that every capture must pass.
struct ReadCapture: Equatable {
  /// A few octets can be unpacked to gigabytes: of what is compressed not more than this is looked at.
  private static let mostUnpacked = (octets: 4 << 20, frames: 10_000)

  let frames: [ReadFrame]
  let interfaces: [CaptureInterface]
  let compression: String?
  let damage: CaptureDamage?
  let skipped: SkippedPackets

  /// Nil if the input is no capture.
  init?(_ input: [UInt8]) {
    do throws(CaptureError) {
      var reader = try CaptureReader(input)
      let most = reader.compression == nil ? (octets: Int.max, frames: Int.max) : Self.mostUnpacked
      var frames: [ReadFrame] = []
      var hasEnded = true
      while reader.advance() {
        if reader.offset > most.octets || frames.count == most.frames {
          hasEnded = false
          break
        }
        let frame = ReadFrame(reader.frame)
        check(frame, after: frames.last)
        let (used, count) = (reader.offset, reader.interfaceCount)
        precondition(frame.offset + frame.bytes.count <= used, "a frame ends beyond what was used")
        precondition((0..<count).contains(frame.interface), "a frame of no interface")
        let linkType = reader.interfaces[frame.interface].linkType
        precondition(frame.linkType == linkType, "a frame has another link type than its interface")
        frames.append(frame)
      }
      if hasEnded {
        let goesOn = reader.advance()
        precondition(!goesOn, "a frame after the end")
      }
      self.frames = frames
      interfaces = reader.interfaces
      compression = reader.compression
      damage = reader.damage
      skipped = reader.skipped
      if compression == nil { check(self, against: input, endingAt: reader.offset) }
    } catch {
      precondition(!error.message.isEmpty, "refused without a reason")
      return nil
    }
  }

  /// It as `CaptureWriter` writes it. Directions and comments are of the frames' own octets: whatever they
  /// are, they must not change what is read of a frame.
  var written: [UInt8] {
    var writer = CaptureWriter(application: "fuzzing", comments: ["written again"])
    let indexes = interfaces.map { writer.add($0) }
    precondition(indexes == Array(interfaces.indices), "interfaces aren't numbered in order")
    var bytes: [UInt8] = []
    for frame in frames {
      let comment = String(decoding: frame.bytes.prefix(9), as: UTF8.self)
      writer.write(
        frame.bytes.span,
        at: frame.time ?? Timestamp(nanoseconds: 0),
        interface: frame.interface,
        originalLength: frame.originalLength,
        direction: CaptureWriter.Direction(rawValue: UInt32(frame.number % 3)) ?? .unknown,
        comments: frame.number % 2 == 0 ? [comment] : []
      )
      precondition(writer.pendingCount % 4 == 0, "a block isn't aligned")
      bytes += writer.takeBytes()
      precondition(writer.pendingCount == 0, "something is left that was taken")
    }
    return bytes + writer.takeBytes()
  }
}

/// Frames are numbered in order, and none begins within the one before.
private func check(_ frame: ReadFrame, after last: ReadFrame?) {
  precondition(frame.number == (last?.number ?? 0) + 1, "frames aren't numbered in order")
  let end = last.map { $0.offset + $0.bytes.count } ?? -1
  precondition(frame.offset > end, "a frame begins within the one before")
}

/// What isn't compressed has no more frames than octets and no frame that is longer, and is read to its end
/// or to its damage.
private func check(_ capture: ReadCapture, against input: [UInt8], endingAt end: Int) {
  precondition(capture.frames.count <= input.count, "more frames than octets")
  precondition(capture.frames.allSatisfy { $0.bytes.count <= input.count }, "a frame longer than the input")
  if let damage = capture.damage {
    precondition((0...input.count).contains(damage.offset), "damaged beyond the end")
    precondition(!damage.reason.isEmpty, "damaged without a reason")
  } else {
    precondition(end == input.count, "ends before the input")
  }
}

/// What the reader says of a frame, for as long as one likes.
struct ReadFrame: Equatable {
  let number: Int
  let offset: Int
  let time: Timestamp?
  let interface: Int
  let linkType: LinkType
  let originalLength: Int
  let bytes: [UInt8]

  init(_ frame: CapturedFrame) {
    number = frame.number
    offset = frame.offset
    time = frame.time
    interface = frame.interface
    linkType = frame.linkType
    originalLength = frame.originalLength
    bytes = unsafe frame.bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Whether it is what is read of a frame that was written. Nothing is written of times before 1970, nor
  /// that there was none; and no frame is shorter than what was kept of it.
  func isSame(as original: ReadFrame) -> Bool {
    number == original.number && interface == original.interface && linkType == original.linkType
      && time?.nanoseconds == max(0, original.time?.nanoseconds ?? 0)
      && originalLength == max(original.originalLength, original.bytes.count) && bytes == original.bytes
  }
}

extension CaptureInterface {
  /// Whether it is what is read of an interface that was written. What it lost isn't written, and text is cut
  /// if an option has no room for it.
  func isSame(as original: CaptureInterface) -> Bool {
    let texts = [original.name, original.text, original.filter].compactMap(\.self) + original.comments
    let isCut = texts.contains { $0.utf8.count > 65_534 }
    return linkType == original.linkType && snapLength == original.snapLength
      && (isCut
        || name == original.name && text == original.text && comments == original.comments
          // A filter without text is the same as none.
          && filter ?? "" == original.filter ?? "")
  }
}
