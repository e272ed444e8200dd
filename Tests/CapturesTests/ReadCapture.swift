import Captures
import LinuxSystem
import NetworkTypes

/// A copy of a frame that a reader lent.
struct ReadFrame: Equatable, Sendable {
  var number: Int
  var offset: Int
  var time: Timestamp?
  var interface = 0
  var linkType = LinkType.ethernet
  var originalLength: Int
  var bytes: [UInt8]
}

extension ReadFrame {
  init(_ frame: CapturedFrame) {
    var copy: [UInt8] = []
    unsafe frame.bytes.withUnsafeBufferPointer { unsafe copy.append(contentsOf: $0) }
    self.init(
      number: frame.number,
      offset: frame.offset,
      time: frame.time,
      interface: frame.interface,
      linkType: frame.linkType,
      originalLength: frame.originalLength,
      bytes: copy
    )
  }
}

/// What a reader found until its end.
struct ReadCapture {
  private(set) var frames: [ReadFrame] = []
  let interfaces: [CaptureInterface]
  let skipped: SkippedPackets
  let damage: CaptureDamage?
  let compression: String?
  let offset: Int

  init(_ bytes: [UInt8], name: String = "capture") throws {
    self.init(rest: try CaptureReader(bytes, name: name))
  }

  init(opening path: String) throws {
    self.init(rest: try CaptureReader(opening: path))
  }

  init(reading descriptor: Int32) throws {
    self.init(rest: try CaptureReader(reading: descriptor, name: "descriptor"))
  }

  /// What the reader has yet to find.
  init(rest reader: consuming CaptureReader) {
    var frames: [ReadFrame] = []
    while reader.advance() { frames.append(ReadFrame(reader.frame)) }
    self.frames = frames
    interfaces = reader.interfaces
    skipped = reader.skipped
    damage = reader.damage
    compression = reader.compression
    offset = reader.offset
  }
}

/// The files beside the tests.
enum Fixture {
  static func path(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures/" + name
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try Descriptor(opening: path(name)).readToEnd(subject: name)
  }
}

/// In which order a file's integers have their octets.
enum ByteOrder: CaseIterable {
  case little
  case big

  func octets<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    let octets = stride(from: 0, to: Value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
    return self == .little ? octets : octets.reversed()
  }
}
