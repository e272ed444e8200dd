internal import LinuxSystem
internal import Observation
internal import SystemPackage

/// The C library that a container's programs use, by the files that its root has.
enum SystemLibrary {
  /// Where distributions have glibc, with a folder for each architecture or without.
  private static let placesOfGlibc = [
    "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/lib64", "/usr/lib64", "/lib", "/usr/lib",
  ]

  /// As the first of these processes sees it that can be looked into: "musl" or "glibc"; absent if it has neither.
  static func read(_ processes: [Int32]) -> Reading<String> {
    var reading = Reading<String>.absent
    for process in processes.prefix(4) {
      reading = library(of: process)
      if reading.value != nil { break }
    }
    return reading
  }

  private static func library(of process: Int32) -> Reading<String> {
    do {
      let root = try ProcessRoot(of: process)
      if let names = try? root.list("/lib"), names.contains(where: { $0.hasPrefix("ld-musl-") }) {
        return .value("musl")
      }
      for place in placesOfGlibc where root.identity(place + "/libc.so.6") != nil { return .value("glibc") }
      return .absent
    } catch {
      return error.errno == .noSuchFileOrDirectory ? .absent : .unreadable(reason: "\(error)")
    }
  }
}
