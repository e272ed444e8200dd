internal import Observation

extension NamespaceView {
  /// Connection tracking's counters, "count" and "max" among them; nil if the kernel has none.
  func tracking() throws(Missing) -> [String: UInt64]? {
    try state.tracking.needed("connection tracking's counters of \(state.name)")
  }
}

extension HostView {
  /// The kernel's version as two numbers, such as (6, 1); nil if it can't be read from the release.
  var kernelVersion: (major: Int, minor: Int)? {
    let parts = snapshot.origin.kernel.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }
}
