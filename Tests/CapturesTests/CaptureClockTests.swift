import Testing

@testable import Captures

@Suite struct CaptureClockTests {
  @Test func `without a resolution times are microseconds since 1970`() {
    let clock = CaptureClock()
    #expect(clock.nanoseconds(0) == 0)
    #expect(clock.nanoseconds(1_700_000_000_123_456) == 1_700_000_000_123_456_000)
  }

  @Test(arguments: Array(UInt8(0)...19) + Array(0x80...0xbf))
  func `no time traps, and the greatest are in order`(resolution: UInt8) throws {
    for offset in [Int64.min, -9_223_372_037, -9_223_372_036, -1, 0, 1, 9_223_372_036, 9_223_372_037, .max] {
      let clock = try #require(CaptureClock(resolution: resolution, offsetSeconds: offset))
      let units: [UInt64] = [0, 1, 999_999_999, 1 << 32, 1 << 62, 1 << 63, .max - 1, .max]
      let times = units.map { clock.nanoseconds($0) }
      #expect(times == times.sorted())
    }
  }

  @Test func `what doesn't fit becomes the latest there is`() throws {
    #expect(CaptureClock.latest == 1 << 62)
    let seconds = try #require(CaptureClock(resolution: 0))
    #expect(seconds.nanoseconds(4_611_686_018) == 4_611_686_018_000_000_000)
    #expect(seconds.nanoseconds(4_611_686_019) == CaptureClock.latest)
    #expect(seconds.nanoseconds(.max) == CaptureClock.latest)
    let nanoseconds = try #require(CaptureClock(resolution: 9))
    #expect(nanoseconds.nanoseconds(1 << 62 - 1) == 1 << 62 - 1)
    #expect(nanoseconds.nanoseconds(UInt64(Int64.max) + 1) == CaptureClock.latest)
    let binary = try #require(CaptureClock(resolution: 0x80))
    #expect(binary.nanoseconds(4_611_686_018) == 4_611_686_018_000_000_000)
    #expect(binary.nanoseconds(.max) == CaptureClock.latest)
    #expect(CaptureClock().nanoseconds(.max) == CaptureClock.latest)
  }

  @Test func `an offset that doesn't fit becomes 1970 or the latest`() throws {
    for resolution: UInt8 in [0, 6, 9, 12, 0x80, 0x94] {
      let late = try #require(CaptureClock(resolution: resolution, offsetSeconds: .max))
      #expect(late.nanoseconds(0) == CaptureClock.latest)
      #expect(late.nanoseconds(.max) == CaptureClock.latest)
      let early = try #require(CaptureClock(resolution: resolution, offsetSeconds: .min))
      #expect(early.nanoseconds(0) == 0)
    }
  }

  @Test func `only what is said in the end has to fit`() throws {
    // Of so many seconds the first 2^63 nanoseconds don't fit, and what the offset leaves does.
    let seconds = try #require(CaptureClock(resolution: 0, offsetSeconds: -10_000_000_000))
    #expect(seconds.nanoseconds(10_000_000_001) == 1_000_000_000)
    let binary = try #require(CaptureClock(resolution: 0x80, offsetSeconds: -10_000_000_000))
    #expect(binary.nanoseconds(10_000_000_001) == 1_000_000_000)
    let microseconds = try #require(CaptureClock(resolution: 6, offsetSeconds: -1))
    #expect(microseconds.nanoseconds(.max) == CaptureClock.latest)
  }

  @Test(arguments: [UInt8(20), 0x7f, 0xc0, 0xff])
  func `units that are too fine are none`(resolution: UInt8) {
    #expect(CaptureClock(resolution: resolution) == nil)
  }

  @Test func `the finest units are rounded down`() throws {
    let decimal = try #require(CaptureClock(resolution: 19))
    #expect(decimal.nanoseconds(19_999_999_999) == 1)
    #expect(decimal.nanoseconds(.max) == 1_844_674_407)
    let binary = try #require(CaptureClock(resolution: 0xbf))
    #expect(binary.nanoseconds(1 << 63) == 1_000_000_000)
    #expect(binary.nanoseconds(.max) == 1_999_999_999)
    #expect(binary.nanoseconds(1) == 0)
  }
}
