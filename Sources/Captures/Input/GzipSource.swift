internal import CLinux
internal import Glibc

/// Unpacks gzip (RFC 1952), all members one after the other, by zlib.
struct GzipSource: ByteSource {
  private typealias Initialise =
    @convention(c) (UnsafeMutablePointer<kp_zlib_stream>, Int32, UnsafePointer<CChar>, Int32) -> Int32
  private typealias Step = @convention(c) (UnsafeMutablePointer<kp_zlib_stream>, Int32) -> Int32
  private typealias End = @convention(c) (UnsafeMutablePointer<kp_zlib_stream>) -> Int32

  /// zlib's state refers to where its stream is, so that stays where it is.
  @safe
  private final class Stream {
    private let stream: UnsafeMutablePointer<kp_zlib_stream>
    private let inflate: Step
    private let reset: End
    private let end: End

    init(_ name: String) throws(CaptureError) {
      let library = try CompressionLibrary("libz.so.1", package: "zlib1g", for: name, by: "gzip")
      let initialise = unsafe unsafeBitCast(try library.find("inflateInit2_"), to: Initialise.self)
      unsafe inflate = unsafeBitCast(try library.find("inflate"), to: Step.self)
      unsafe reset = unsafeBitCast(try library.find("inflateReset"), to: End.self)
      unsafe end = unsafeBitCast(try library.find("inflateEnd"), to: End.self)
      unsafe stream = .allocate(capacity: 1)
      unsafe stream.initialize(to: kp_zlib_stream())
      // The greatest window, and 16 for gzip's header.
      let size = unsafe Int32(MemoryLayout<kp_zlib_stream>.size)
      guard unsafe initialise(stream, 15 + 16, "1.2.11", size) == 0 else {
        throw CaptureError(.libraryMissing, "zlib doesn't begin: it is another version than 1")
      }
    }

    deinit {
      _ = unsafe end(stream)
      unsafe stream.deallocate()
    }

    /// Unpacks from one buffer into another: what zlib says, how much it took, and how much it gave.
    func inflate(_ input: PackedInput, _ output: inout [UInt8], at place: Int)
      -> (status: Int32, taken: Int, given: Int)
    {
      let waiting = input.range
      return unsafe input.bytes.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + waiting.lowerBound }
          unsafe stream.pointee.avail_in = UInt32(waiting.count)
          unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + place }
          unsafe stream.pointee.avail_out = UInt32(output.count - place)
          let status = unsafe inflate(stream, 0)
          let taken = unsafe waiting.count - Int(stream.pointee.avail_in)
          let given = unsafe output.count - place - Int(stream.pointee.avail_out)
          return (status, taken, given)
        }
      }
    }

    func restart() { _ = unsafe reset(stream) }
  }

  private let stream: Stream
  private let name: String
  private var input: PackedInput
  /// Whether the last member has ended, so that the file may.
  private var isBetween = false
  /// Whether the last call had no room left, so that there may be more without further input.
  private var mayHoldBack = false
  /// What is wrong behind what was given last.
  private var failure: CaptureError?

  init(_ source: any ByteSource, _ leftover: [UInt8], name: String) throws(CaptureError) {
    stream = try Stream(name)
    input = PackedInput(source, leftover)
    self.name = name
  }

  mutating func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int {
    if let failure { throw failure }
    while true {
      guard try input.refill(unless: mayHoldBack) else {
        if isBetween { return 0 }
        throw CaptureError(.input, "the gzip data of \(name) is cut off")
      }
      if isBetween {
        // Zeros after the last member are padding, as of tapes; gzip(1) passes over them too.
        while input.count > 0, input.bytes[input.place] == 0 { input.consume(1) }
        if input.count == 0 { continue }
        stream.restart()
        isBetween = false
      }
      let (status, taken, given) = stream.inflate(input, &target, at: place)
      input.consume(taken)
      switch status {
      // Z_OK, and Z_BUF_ERROR: it could neither take nor give, and will with more.
      case 0, -5: break
      // Z_STREAM_END
      case 1: isBetween = true
      default: failure = CaptureError(.input, "the gzip data of \(name) is damaged (zlib says \(status))")
      }
      mayHoldBack = status == 0 && given > 0 && place + given == target.count
      // What it gave is good, whatever comes after it.
      if given > 0 { return given }
      if let failure { throw failure }
      if taken == 0, status != 1, input.count > 0 {
        throw CaptureError(.input, "the gzip data of \(name) is damaged: zlib makes nothing of it")
      }
    }
  }
}
