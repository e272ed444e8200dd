public import NetworkTypes
internal import WireFormat

/// Writes a capture as pcapng, one section, with times in nanoseconds (draft-ietf-opsawg-pcapng).
///
/// It only makes octets: whoever writes them to a file takes them with `takeBytes`, as often as is convenient.
///
/// ```swift
/// var writer = CaptureWriter(application: "kingpost")
/// let bridge = writer.add(CaptureInterface(linkType: .ethernet, name: "br0"))
/// writer.write(frame.bytes, at: time, interface: bridge, comments: ["never answered"])
/// try file.writeAll(writer.takeBytes())
/// ```
public struct CaptureWriter: Sendable {
  /// Which way a frame went at its interface (epb_flags, section 4.3.1).
  public enum Direction: UInt32, Sendable {
    /// Nobody knows.
    case unknown = 0
    /// It came in.
    case inbound = 1
    /// It went out.
    case outbound = 2
  }

  private var writer = ByteWriter()
  private var interfaceCount = 0

  /// Begins a section; `application` is what wrote it (shb_userappl).
  public init(application: String, comments: [String] = []) {
    block(0x0a0d_0d0a) { block in
      block.writeLittleEndian(UInt32(0x1a2b_3c4d))
      block.writeLittleEndian(UInt16(1))
      block.writeLittleEndian(UInt16(0))
      // How long the section is: it isn't known, and needn't be.
      block.writeLittleEndian(UInt64.max)
      for comment in comments { Self.option(1, comment, &block) }
      Self.option(4, application, &block)
      Self.endOfOptions(&block)
    }
  }

  /// Describes an interface; its index.
  public mutating func add(_ interface: CaptureInterface) -> Int {
    block(1) { block in
      block.writeLittleEndian(interface.linkType.rawValue)
      block.writeLittleEndian(UInt16(0))
      block.writeLittleEndian(interface.snapLength)
      for comment in interface.comments { Self.option(1, comment, &block) }
      if let name = interface.name { Self.option(2, name, &block) }
      if let text = interface.text { Self.option(3, text, &block) }
      // if_tsresol: 10^-9 seconds.
      Self.option(9, [9], &block)
      // A zero says that it is text.
      if let filter = interface.filter { Self.option(11, "\0" + filter, &block) }
      Self.endOfOptions(&block)
    }
    interfaceCount += 1
    return interfaceCount - 1
  }

  /// Writes a frame that was seen at an interface.
  ///
  /// - Parameters:
  ///   - originalLength: how many octets it had, if `bytes` has fewer.
  ///   - comments: what Wireshark shows with it (opt_comment).
  public mutating func write(
    _ bytes: Span<UInt8>,
    at time: Timestamp,
    interface: Int,
    originalLength: Int? = nil,
    direction: Direction = .unknown,
    comments: [String] = []
  ) {
    precondition((0..<interfaceCount).contains(interface), "an interface that add() didn't return")
    // Before 1970 nothing can be said.
    let units = UInt64(max(0, time.nanoseconds))
    var frame: [UInt8] = []
    unsafe bytes.withUnsafeBufferPointer { unsafe frame.append(contentsOf: $0) }
    block(6) { block in
      block.writeLittleEndian(UInt32(truncatingIfNeeded: interface))
      block.writeLittleEndian(UInt32(truncatingIfNeeded: units >> 32))
      block.writeLittleEndian(UInt32(truncatingIfNeeded: units))
      block.writeLittleEndian(UInt32(truncatingIfNeeded: frame.count))
      block.writeLittleEndian(UInt32(clamping: max(originalLength ?? 0, frame.count)))
      block.write(frame)
      block.pad(to: 4)
      for comment in comments { Self.option(1, comment, &block) }
      if direction != .unknown {
        block.writeLittleEndian(UInt16(2))
        block.writeLittleEndian(UInt16(4))
        block.writeLittleEndian(direction.rawValue)
      }
      if !comments.isEmpty || direction != .unknown { Self.endOfOptions(&block) }
    }
  }

  /// What was written since the last time.
  public mutating func takeBytes() -> [UInt8] {
    let bytes = writer.bytes
    writer = ByteWriter()
    return bytes
  }

  /// How many octets wait to be taken.
  public var pendingCount: Int { writer.count }

  /// Writes a block. Its body begins four octets aligned, for so do all blocks.
  private mutating func block(_ type: UInt32, _ body: (inout ByteWriter) -> Void) {
    var contents = ByteWriter()
    body(&contents)
    contents.pad(to: 4)
    let total = UInt32(contents.count + 12)
    writer.writeLittleEndian(type)
    writer.writeLittleEndian(total)
    writer.write(contents.bytes)
    writer.writeLittleEndian(total)
  }

  /// What an option's length can say.
  private static let longestText = 65_535

  /// Text is cut where its length wouldn't fit, between two code points.
  private static func option(_ code: UInt16, _ text: String, _ block: inout ByteWriter) {
    let octets = Array(text.utf8)
    var end = min(octets.count, longestText)
    // Octets 0b10xxxxxx go on with a code point.
    while end < octets.count, octets[end] & 0xc0 == 0x80 { end -= 1 }
    option(code, Array(octets[..<end]), &block)
  }

  private static func option(_ code: UInt16, _ value: [UInt8], _ block: inout ByteWriter) {
    block.writeLittleEndian(code)
    block.writeLittleEndian(UInt16(value.count))
    block.write(value)
    block.pad(to: 4)
  }

  private static func endOfOptions(_ block: inout ByteWriter) { block.writeZeros(4) }
}
