import FoundationEssentials
import Glibc
import LinuxSystem

/// A folder for real daemons' files, which goes with all that they left in it: processes, mounts, files.
struct EngineFolder {
  private static let prefix = "/tmp/kingpost-engines-"

  /// The folder.
  let path: String

  /// Makes a folder that names this process, so that a later run knows what is left of one that was killed.
  init() throws {
    path = "\(Self.prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private init(leftAt path: String) { self.path = path }

  /// Deletes the folders of test runs that are no more.
  static func sweep() {
    for name in (try? Directory.names("/tmp")) ?? [] where ("/tmp/" + name).hasPrefix(prefix) {
      let owner = ("/tmp/" + name).dropFirst(prefix.count).prefix { $0 != "-" }
      if Int32(owner).map({ kill($0, 0) != 0 }) ?? false { EngineFolder(leftAt: "/tmp/" + name).delete() }
    }
  }

  /// Kills the processes whose command line names the folder, unmounts what is mounted in it, and deletes it.
  func delete() {
    Waiting.until(.seconds(10)) {
      let left = processes()
      for pid in left { kill(pid, SIGKILL) }
      return left.isEmpty
    }
    let mounts = (try? TextFile.read("/proc/self/mounts")) ?? ""
    let points = mounts.split(separator: "\n").compactMap { $0.split(separator: " ").dropFirst().first }
    for point in points.reversed() where point.hasPrefix(path + "/") {
      _ = unsafe umount2(String(point), Int32(MNT_DETACH))
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  private func processes() -> [Int32] {
    let pids = ((try? Directory.names("/proc")) ?? []).compactMap { Int32($0) }
    return pids.filter { pid in
      guard pid != getpid(), let line = try? TextFile.read("/proc/\(pid)/cmdline") else { return false }
      return line.contains(path + "/")
    }
  }
}
