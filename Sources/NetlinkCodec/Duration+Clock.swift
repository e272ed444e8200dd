extension Duration {
  /// A duration from the kernel's `clock_t`, which has 100 ticks a second in user space (`USER_HZ`).
  init(clock ticks: UInt64) {
    self.init(
      secondsComponent: Int64(ticks / 100),
      attosecondsComponent: Int64(ticks % 100) * 10_000_000_000_000_000
    )
  }

  /// The duration in ticks of 10 ms, cut to what the kernel's field holds.
  func clock<Ticks: FixedWidthInteger & UnsignedInteger>(as type: Ticks.Type) -> Ticks {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let (hundredfold, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 100)
    if overflow { return .max }
    let (ticks, carry) = hundredfold.addingReportingOverflow(UInt64(attoseconds / 10_000_000_000_000_000))
    return carry ? .max : Ticks(clamping: ticks)
  }
}
