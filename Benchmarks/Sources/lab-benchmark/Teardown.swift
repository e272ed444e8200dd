import Glibc
import LinuxSystem
import SystemPackage

/// Watches the kernel take down network namespaces, which it does in the background and one lot after the
/// other: whoever measures meanwhile measures that too.
///
/// The kernel counts a user namespace's network namespaces until the last thing of them is gone, and lets
/// nobody make one beyond /proc/sys/user/max_net_namespaces (namespaces(7)). So with room for one more than
/// are wanted, one can be made as soon as the others are gone. To be used in a user namespace of one's own.
final class Teardown {
  /// It took too long.
  struct Unfinished: Error, CustomStringConvertible {
    let description = "the kernel has not taken down the last round's network namespaces within a minute"
  }

  private static let limit = "/proc/sys/user/max_net_namespaces"
  private let usual: String
  /// What was made to see that the others are gone; it stays, so as not to be taken down itself in the next
  /// measurement.
  private var held: [NetworkNamespace] = []

  init() throws { usual = try TextFile.read(Self.limit) }

  /// Returns once no namespaces are left but the held ones; how long that took.
  @discardableResult
  func wait() throws -> Duration {
    // This thread may be in one of those that are to go, and would keep it.
    try held.last?.perform {}
    try TextFile.write("\(held.count + 1)", to: Self.limit)
    let start = ContinuousClock.now
    while true {
      do {
        held.append(try NetworkNamespace.make())
        break
      } catch let error as SystemError where error.errno == .noSpace {
        if ContinuousClock.now - start > .seconds(60) { throw Unfinished() }
        usleep(500)
      }
    }
    let end = ContinuousClock.now
    try TextFile.write(usual, to: Self.limit)
    return start.duration(to: end)
  }
}
