internal import CLinux
internal import Glibc

/// What this process may do.
public enum Privileges {
  /// A capability (`linux/capability.h`).
  public enum Capability: UInt64, Sendable {
    /// CAP_NET_ADMIN
    case networkAdministration = 12
    /// CAP_NET_RAW
    case rawNetwork = 13
    /// CAP_SYS_ADMIN
    case systemAdministration = 21
    /// CAP_PERFMON
    case performanceMonitoring = 38
  }

  /// Whether this thread has a capability in its user namespace.
  public static func has(_ capability: Capability) -> Bool {
    kp_effective_capabilities() >> capability.rawValue & 1 == 1
  }

  /// Whether this process is in the machine's first user namespace, where all ids are mapped to themselves.
  public static var isInInitialUserNamespace: Bool {
    guard let map = try? TextFile.read("/proc/self/uid_map") else { return false }
    return map.split(whereSeparator: \.isWhitespace) == ["0", "0", "4294967295"]
  }

  /// The effective user id.
  public static var userIdentifier: UInt32 { geteuid() }
}
