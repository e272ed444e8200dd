/// A window onto a capture's octets that moves forward: one block that is read into, from which frames are borrowed.
struct CaptureBuffer: ~Copyable {
  /// So much is read at once: a few times less than a processor's cache, so that what was copied is still there.
  static let blockSize = 1 << 18
  /// No block of pcapng, and no record of pcap, may be larger to be looked at: Wireshark's limit as well.
  static let largestBlock = 1 << 24

  private var bytes: [UInt8]
  /// The window's beginning in `bytes`.
  private(set) var start = 0
  private var end = 0
  /// How many octets of the file are before `bytes`.
  private var base = 0
  private var source: any ByteSource
  /// Why reading ended before the file's end, if it did.
  private(set) var failure: CaptureError?
  /// Whether the source has nothing more.
  private var isExhausted = false

  /// A window at a source's beginning; `size` is how much is read at once.
  init(_ source: any ByteSource, size: Int = blockSize) {
    self.source = source
    bytes = [UInt8](repeating: 0, count: size)
  }

  /// Where in the file the window begins.
  var offset: Int { base + start }

  /// How many octets are there without reading.
  var available: Int { end - start }

  /// Makes so many octets available; false if the file has fewer.
  @inline(__always)
  mutating func require(_ count: Int) -> Bool {
    end - start >= count || fill(to: count)
  }

  /// Moves the window's beginning forward, within what is available.
  @inline(__always)
  mutating func advance(_ count: Int) { start += count }

  /// Passes over octets, available or not; false if the file has fewer.
  mutating func discard(_ count: Int) -> Bool {
    var left = count
    while left > available {
      left -= available
      start = end
      guard require(1) else { return false }
    }
    start += left
    return true
  }

  @inline(never)
  private mutating func fill(to count: Int) -> Bool {
    if start > 0 {
      bytes.moveToBeginning(from: start, count: end - start)
      base += start
      end -= start
      start = 0
    }
    if count > bytes.count { bytes.append(contentsOf: repeatElement(0, count: count - bytes.count)) }
    while end < count, !isExhausted {
      do throws(CaptureError) {
        let read = try source.read(into: &bytes, at: end)
        if read == 0 { isExhausted = true }
        end += read
      } catch {
        failure = error
        isExhausted = true
      }
    }
    return end >= count
  }

  /// The octet at a distance from the window's beginning.
  func byte(at distance: Int) -> UInt8 { bytes[start + distance] }

  /// The integer at a distance from the window's beginning, in this machine's byte order or the other one.
  @inline(__always)
  func load<Value: FixedWidthInteger & BitwiseCopyable>(at distance: Int, swapped: Bool) -> Value {
    let value = unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: start + distance, as: Value.self)
    return swapped ? value.byteSwapped : value
  }

  /// Octets by their place in the buffer.
  @_lifetime(borrow self)
  func borrow(from place: Int, count: Int) -> Span<UInt8> {
    bytes.span.extracting(place..<place + count)
  }

  /// Has another source go on where this one is, which gets what was read already.
  mutating func wrapSource(
    _ wrap: (_ source: any ByteSource, _ leftover: [UInt8]) throws(CaptureError) -> any ByteSource
  ) throws(CaptureError) {
    source = try wrap(source, Array(bytes[start..<end]))
    (start, end, base) = (0, 0, 0)
    isExhausted = false
  }
}

extension [UInt8] {
  /// Moves octets to the beginning.
  fileprivate mutating func moveToBeginning(from place: Int, count: Int) {
    unsafe withUnsafeMutableBytes { buffer in
      let source = unsafe UnsafeRawBufferPointer(rebasing: buffer[place..<place + count])
      // The regions may overlap (memmove(3)).
      unsafe buffer.copyMemory(from: source)
    }
  }
}
