internal import LinuxSystem
internal import Observation
internal import SystemPackage

/// The resolver configuration that programs read.
enum ResolverFile {
  /// As the first of these processes sees it that can be looked into; the machine's own for nil.
  static func read(_ processes: [ProcessSnapshot]?) -> Reading<String> {
    guard let processes else { return Reading(attempting: { try TextFile.read("/etc/resolv.conf") }) }
    var reading = Reading<String>.absent
    for process in processes.prefix(4) {
      reading = Reading(attempting: { try TextFile.read("/proc/\(process.pid)/root/etc/resolv.conf") })
      if reading.value != nil { break }
    }
    return reading
  }
}
