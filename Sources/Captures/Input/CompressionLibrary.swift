internal import Glibc

/// A library that unpacks, found at run time: a program that never meets a compressed capture runs without it.
@safe
struct CompressionLibrary {
  private let handle: UnsafeMutableRawPointer
  private let name: String

  /// Loads a library by its name and the Debian package that has it.
  init(_ name: String, package: String, for file: String, by format: String) throws(CaptureError) {
    guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw CaptureError(
        .libraryMissing,
        "\(file) is compressed by \(format), which takes \(name)",
        advice: "install it with: apt-get install \(package)"
      )
    }
    unsafe self.handle = handle
    self.name = name
  }

  /// A function's address.
  func find(_ symbol: String) throws(CaptureError) -> UnsafeMutableRawPointer {
    guard let address = unsafe dlsym(handle, symbol) else {
      throw CaptureError(
        .libraryMissing,
        "\(name) has no \(symbol)",
        advice: "a newer version of it may have"
      )
    }
    return unsafe address
  }
}

/// What a compressed source gave and nobody unpacked yet.
struct PackedInput {
  private var source: any ByteSource
  private(set) var bytes: [UInt8]
  private(set) var place = 0
  private(set) var end: Int

  init(_ source: any ByteSource, _ leftover: [UInt8]) {
    self.source = source
    end = leftover.count
    bytes = leftover + [UInt8](repeating: 0, count: max(0, 65_536 - leftover.count))
  }

  var count: Int { end - place }

  /// Reads more if nothing is left, unless it isn't needed yet; false at the end.
  mutating func refill(unless isNotNeeded: Bool) throws(CaptureError) -> Bool {
    guard count == 0, !isNotNeeded else { return true }
    end = try source.read(into: &bytes, at: 0)
    place = 0
    return end > 0
  }

  /// Where the octets are that wait.
  var range: Range<Int> { place..<end }

  /// So many octets were unpacked.
  mutating func consume(_ count: Int) { place += count }
}
