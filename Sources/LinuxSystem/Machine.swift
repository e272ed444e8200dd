internal import Glibc

/// What machine this is.
public enum Machine {
  /// Its name (uname(2)).
  public static var name: String { read("/proc/sys/kernel/hostname") }

  /// The kernel's release, such as "6.1.0-28-amd64".
  public static var kernelRelease: String { read("/proc/sys/kernel/osrelease") }

  /// The kernel's id of this boot.
  public static var bootIdentifier: String { read("/proc/sys/kernel/random/boot_id") }

  /// The inode number of the network namespace that the process was started in.
  public static var networkNamespace: String {
    var status = stat()
    return unsafe stat("/proc/self/ns/net", &status) == 0 ? String(status.st_ino) : "unknown"
  }

  /// Where this process' program is (proc_pid_exe(5)); the name that it was called by where that can't be read.
  public static var programPath: String {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
    guard count > 0 else { return CommandLine.arguments.first ?? "kingpost" }
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func read(_ path: String) -> String { (try? TextFile.read(path)) ?? "unknown" }
}
