internal import Glibc
public import NetworkTypes

extension Timestamp {
  /// The present moment (`CLOCK_REALTIME`).
  public static func now() -> Timestamp { read(CLOCK_REALTIME) }

  /// The present reading of `CLOCK_MONOTONIC`, as if it were a moment: for conversion only.
  public static func monotonicNow() -> Timestamp { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Timestamp {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}
