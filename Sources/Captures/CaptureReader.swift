internal import NetworkTypes

/// Reads a capture, frame after frame, in the order in which they are in the file: pcap and pcapng, as they are or
/// compressed by gzip or zstd.
///
/// Large blocks are read into one buffer, from which frames are borrowed: nothing is copied or allocated for each. A
/// pipe's frames come as they arrive; a file that grows is read as far as it went when its end was met.
///
/// ```swift
/// var reader = try CaptureReader(opening: "dns.pcapng")
/// while reader.advance() {
///   print(reader.frame.number, reader.frame.bytes.count)
/// }
/// if let damage = reader.damage { print("ends at octet \(damage.offset): \(damage.reason)") }
/// ```
public struct CaptureReader: ~Copyable {
  private var buffer: CaptureBuffer
  /// How a pcap file is laid out; nil for pcapng.
  private let pcap: PcapFormat?
  /// What a pcapng file described until now; of a pcap file its only interface.
  private var pcapng: PcapngFormat
  private var record = CaptureRecord()
  /// Where and why the capture ended before its time; nil until then, and if it is whole.
  public private(set) var damage: CaptureDamage?
  /// How the file is compressed, in its program's name: "gzip", "zstd", or nil.
  public let compression: String?

  /// Opens a file; "-" is standard input.
  public init(opening path: String) throws(CaptureError) {
    if path == "-" {
      try self.init(reading: 0, name: "standard input")
    } else {
      try self.init(FileSource(opening: path), name: path)
    }
  }

  /// Reads from a descriptor that stays open as long as this reader, such as a pipe's end.
  ///
  /// - Parameter name: what it is, for messages.
  public init(reading descriptor: Int32, name: String) throws(CaptureError) {
    try self.init(DescriptorSource(descriptor, name: name), name: name)
  }

  /// Reads a capture that is in memory.
  public init(_ bytes: [UInt8], name: String = "capture") throws(CaptureError) {
    try self.init(MemorySource(bytes), name: name, size: min(max(bytes.count, 64), CaptureBuffer.blockSize))
  }

  private init(_ source: any ByteSource, name: String, size: Int = CaptureBuffer.blockSize)
    throws(CaptureError)
  {
    var buffer = CaptureBuffer(source, size: size)
    // Nothing is stored before all is known: what has no copies can't be left half made.
    let compression = try Self.unpack(&buffer, name)
    let pcap = try Self.begin(&buffer, name)
    self.compression = compression
    self.pcap = pcap
    pcapng = PcapngFormat(interfaces: pcap.map { [$0.interface] } ?? [])
    self.buffer = buffer
  }

  /// The interfaces that were described until now, of all sections.
  public var interfaces: [CaptureInterface] { pcapng.interfaces }

  /// How many interfaces were described until now.
  public var interfaceCount: Int { pcapng.interfaces.count }

  /// Packets that were passed over.
  public var skipped: SkippedPackets { pcapng.skipped }

  /// How many frames were read.
  public var frameCount: Int { record.number }

  /// How much of the file was used, in octets; of a compressed one, of what is in it.
  public var offset: Int { buffer.offset }

  /// Goes on to the next frame; false at the end, and where the capture is damaged.
  public mutating func advance() -> Bool {
    guard damage == nil else { return false }
    do throws(Ending) {
      let found =
        if let pcap { try pcap.next(&buffer, &record) } else { try pcapng.next(&buffer, &record) }
      if !found {
        record.count = 0
        damage = buffer.failure.map { CaptureDamage(buffer.offset, $0.message) }
      }
      return found
    } catch {
      record.count = 0
      switch (error, buffer.failure) {
      case (.truncated, let failure?): damage = CaptureDamage(buffer.offset, failure.message)
      case (.truncated(let reason, let offset), nil): damage = CaptureDamage(offset ?? buffer.offset, reason)
      case (.damaged(let reason), _): damage = CaptureDamage(buffer.offset, reason)
      }
      return false
    }
  }

  /// The frame that `advance` found; without octets if it found none.
  public var frame: CapturedFrame {
    @_lifetime(borrow self)
    borrowing get {
      CapturedFrame(
        record,
        linkType: record.interface < pcapng.interfaces.count
          ? pcapng.interfaces[record.interface].linkType : .null,
        bytes: buffer.borrow(from: record.start, count: record.count)
      )
    }
  }

  /// Has a compressed file unpacked as it is read.
  private static func unpack(_ buffer: inout CaptureBuffer, _ name: String) throws(CaptureError) -> String? {
    guard buffer.require(4) else { return nil }
    let magic: UInt32 = buffer.load(at: 0, swapped: false)
    let beginning = UInt32(bigEndian: magic)
    switch beginning {
    case 0x1f8b_0000...0x1f8b_ffff:
      try buffer.wrapSource { source, leftover throws(CaptureError) in
        try GzipSource(source, leftover, name: name)
      }
      return "gzip"
    // A frame, or one that is passed over (0x184D2A50 to 5F), as pzstd begins with.
    case _ where beginning == 0x28b5_2ffd || beginning & 0xf0ff_ffff == 0x502a_4d18:
      try buffer.wrapSource { source, leftover throws(CaptureError) in
        try ZstdSource(source, leftover, name: name)
      }
      return "zstd"
    default: return nil
    }
  }

  /// Reads what the file begins with: a pcap file's header, or nothing of a pcapng file.
  private static func begin(_ buffer: inout CaptureBuffer, _ name: String) throws(CaptureError) -> PcapFormat?
  {
    guard buffer.require(4) else {
      if let failure = buffer.failure { throw failure }
      throw CaptureError(
        .notACapture,
        buffer.available == 0 ? "\(name) is empty" : "\(name) is too short to be a capture"
      )
    }
    if PcapngFormat.isIt(buffer) { return nil }
    let magic: UInt32 = buffer.load(at: 0, swapped: false)
    guard buffer.require(PcapFormat.headerSize), let format = PcapFormat(buffer) else {
      if let failure = buffer.failure { throw failure }
      throw ForeignFormat.error(beginningWith: UInt32(bigEndian: magic), name: name)
    }
    buffer.advance(PcapFormat.headerSize)
    return format
  }
}
