internal import CLinux
internal import Glibc
internal import LinuxSystem

/// Descriptors that are kept for libnftables' netlink socket.
///
/// The library waits for the kernel with select(2), which knows descriptors below FD_SETSIZE only; with a greater
/// one, glibc ends the process. The kernel gives the lowest number that is free, so some low ones, taken before a
/// lab has opened a thousand files, are given back for as long as a call lasts.
struct LowDescriptors {
  /// The corresponding constant is `FD_SETSIZE` (`sys/select.h`).
  static let bound: Int32 = 1024
  private static let count = 4

  private var kept: [Int32] = []

  init() { take() }

  /// Takes as many as are to be kept, as far as there are.
  mutating func take() {
    while kept.count < Self.count, let descriptor = Self.open() { kept.append(descriptor) }
  }

  /// Gives all of them back.
  mutating func release() {
    for descriptor in kept { close(descriptor) }
    kept = []
  }

  /// Whether the next descriptor that the kernel gives is a low one.
  static var isNextLow: Bool {
    guard let descriptor = open() else { return false }
    close(descriptor)
    return descriptor < bound
  }

  private static func open() -> Int32? {
    try? systemCall("eventfd") { eventfd(0, Int32(EFD_CLOEXEC)) }
  }
}
