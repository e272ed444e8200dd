internal import CLinux
internal import Glibc
internal import SystemPackage

/// The user namespace in which an unprivileged process may make network namespaces.
public enum UserNamespace {
  /// Why no user namespace could be entered.
  public struct Refusal: Error, Sendable, CustomStringConvertible {
    /// What failed.
    public let cause: SystemError
    /// What to do about it.
    public let advice: String
    /// One line for a person.
    public var description: String { "no user namespace: \(cause). \(advice)" }
  }

  /// Moves this process into a new user namespace, in which it is root, and a new mount namespace, which
  /// mounting sysfs detached needs.
  ///
  /// Works only while the process has one thread (user_namespaces(7)), so it is the first thing to do.
  public static func enter() throws(Refusal) {
    let user = geteuid()
    let group = getegid()
    do {
      try systemCall("unshare", "CLONE_NEWUSER|CLONE_NEWNS") { kp_unshare(CLONE_NEWUSER | CLONE_NEWNS) }
      // Since Linux 3.19 an unprivileged process must give up setgroups(2) before it maps its group.
      try TextFile.write("deny", to: "/proc/self/setgroups")
      try TextFile.write("0 \(user) 1", to: "/proc/self/uid_map")
      try TextFile.write("0 \(group) 1", to: "/proc/self/gid_map")
    } catch {
      throw Refusal(cause: error, advice: advice(for: error))
    }
  }

  private static func advice(for error: SystemError) -> String {
    func setting(_ name: String) -> String? { try? TextFile.read("/proc/sys/" + name) }
    if setting("kernel/unprivileged_userns_clone") == "0" {
      return "Allow them with: sysctl kernel.unprivileged_userns_clone=1, or run as root."
    }
    if setting("kernel/apparmor_restrict_unprivileged_userns") == "1" {
      return "AppArmor restricts them; allow them with: "
        + "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run as root."
    }
    if setting("user/max_user_namespaces") == "0" || error.errno == .noSpace {
      return "Allow them with: sysctl user.max_user_namespaces=10000, or run as root."
    }
    if error.errno == .invalidArgument {
      return "The kernel lacks them (CONFIG_USER_NS), or the process had threads already; run as root."
    }
    return "A container's seccomp profile may forbid them; run as root, or outside the container."
  }
}
