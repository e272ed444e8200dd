internal import CLinux

/// Unpacks Zstandard (RFC 8878), all frames one after the other, by libzstd.
struct ZstdSource: ByteSource {
  private typealias Make = @convention(c) () -> OpaquePointer?
  private typealias Free = @convention(c) (OpaquePointer) -> Int
  private typealias Step =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<kp_zstd_output>, UnsafeMutablePointer<kp_zstd_input>)
    ->
    Int
  private typealias IsError = @convention(c) (Int) -> UInt32
  private typealias Name = @convention(c) (Int) -> UnsafePointer<CChar>?

  @safe
  private final class Stream {
    private let context: OpaquePointer
    private let decompress: Step
    private let free: Free
    private let isError: IsError
    private let name: Name

    init(_ file: String) throws(CaptureError) {
      let library = try CompressionLibrary("libzstd.so.1", package: "libzstd1", for: file, by: "zstd")
      let make = unsafe unsafeBitCast(try library.find("ZSTD_createDStream"), to: Make.self)
      unsafe decompress = unsafeBitCast(try library.find("ZSTD_decompressStream"), to: Step.self)
      unsafe free = unsafeBitCast(try library.find("ZSTD_freeDStream"), to: Free.self)
      unsafe isError = unsafeBitCast(try library.find("ZSTD_isError"), to: IsError.self)
      unsafe name = unsafeBitCast(try library.find("ZSTD_getErrorName"), to: Name.self)
      guard let context = unsafe make() else { throw CaptureError(.input, "libzstd doesn't begin") }
      unsafe self.context = context
    }

    deinit { _ = unsafe free(context) }

    /// Unpacks from one buffer into another: what would be needed (0 at a frame's end) or what is wrong, how much it
    /// took, and how much it gave.
    func decompress(_ input: PackedInput, atMost limit: Int, _ output: inout [UInt8], at place: Int)
      -> (hint: Int, error: String?, taken: Int, given: Int)
    {
      let waiting = input.range.prefix(limit)
      return unsafe input.bytes.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          var from = unsafe kp_zstd_input(
            source: input.baseAddress,
            size: waiting.endIndex,
            position: waiting.startIndex
          )
          var into = unsafe kp_zstd_output(target: output.baseAddress, size: output.count, position: place)
          let hint = unsafe decompress(context, &into, &from)
          let error =
            unsafe isError(hint) == 0 ? nil : name(hint).map { unsafe String(cString: $0) } ?? "error"
          return unsafe (hint, error, from.position - waiting.startIndex, into.position - place)
        }
      }
    }
  }

  private let stream: Stream
  private let name: String
  private var input: PackedInput
  private var isBetween = false
  /// How many octets libzstd wants next, up to a block's end. It gets no more: what it unpacked in a call that ends in an
  /// error is lost. A frame's header begins with five octets.
  private var wanted = 5
  /// Whether the last call had no room left, so that there may be more without further input.
  private var mayHoldBack = false

  init(_ source: any ByteSource, _ leftover: [UInt8], name: String) throws(CaptureError) {
    stream = try Stream(name)
    input = PackedInput(source, leftover)
    self.name = name
  }

  mutating func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int {
    while true {
      guard try input.refill(unless: mayHoldBack) else {
        if isBetween { return 0 }
        throw CaptureError(.input, "the zstd data of \(name) is cut off")
      }
      // What is ready comes first: an error behind it would take it along.
      let isHoldingBack = mayHoldBack
      let (hint, error, taken, given) = stream.decompress(
        input,
        atMost: isHoldingBack ? 0 : wanted,
        &target,
        at: place
      )
      if let error { throw CaptureError(.input, "the zstd data of \(name) is damaged: \(error)") }
      input.consume(taken)
      isBetween = hint == 0
      wanted = max(1, hint)
      mayHoldBack = hint != 0 && place + given == target.count
      if given > 0 { return given }
      if taken == 0, input.count > 0, !isHoldingBack {
        throw CaptureError(.input, "the zstd data of \(name) is damaged: libzstd makes nothing of it")
      }
    }
  }
}
