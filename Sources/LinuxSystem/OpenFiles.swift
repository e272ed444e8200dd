internal import Glibc

/// How many descriptors this process may have.
public enum OpenFiles {
  /// Raises the soft limit to the hard one (setrlimit(2)); a lab holds several descriptors for each container.
  public static func raiseLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
