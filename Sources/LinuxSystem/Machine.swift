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

  private static func read(_ path: String) -> String { (try? TextFile.read(path)) ?? "unknown" }
}
