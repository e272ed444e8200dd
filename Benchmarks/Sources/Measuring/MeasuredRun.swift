internal import Glibc
internal import LinuxSystem

/// One run of a program: how long it took, and what it took.
package struct MeasuredRun {
  /// From before it was spawned until after it was waited for.
  package let duration: Duration
  /// The most memory that it had at once, in octets (wait4(2), `ru_maxrss`); not below what this process has.
  package let peakMemory: Int
  /// What the processor spent on it, the kernel's part included.
  package let processorTime: Duration

  /// Runs a program, its output thrown away.
  ///
  /// - Parameters:
  ///   - acceptable: the exit statuses with which it may end; any other is an error.
  package init(_ path: String, _ arguments: [String], acceptable: Set<Int32> = [0]) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let child = try ChildProcess(path, arguments)
    let (status, usage) = try child.waitForEndAndUsage()
    duration = start.duration(to: clock.now)
    peakMemory = usage.peakMemory
    processorTime = usage.processorTime
    guard acceptable.contains(status) else {
      throw ProgramFailure(program: ([path] + arguments).joined(separator: " "), status: status)
    }
  }
}
