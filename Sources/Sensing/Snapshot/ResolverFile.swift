internal import LinuxSystem
internal import Observation

/// The resolver configuration that programs read.
enum ResolverFile {
  /// glibc reads far less.
  private static let limit = 65_536

  /// /etc/resolv.conf as the first of these processes sees it that can be looked into; as this program does for nil.
  static func read(_ processes: [Int32]?) -> Reading<String> {
    guard let processes else { return file(of: nil) }
    var reading = Reading<String>.absent
    for process in processes.prefix(4) {
      reading = file(of: process)
      if reading.value != nil { break }
    }
    return reading
  }

  private static func file(of process: Int32?) -> Reading<String> {
    Reading(attempting: {
      let root = try ProcessRoot(of: process)
      return try root.read("/etc/resolv.conf", limit: limit)
    })
  }
}
