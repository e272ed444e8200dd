internal import Glibc

/// Programs of the system, which are found whatever PATH says: a user's often lacks the places of the administrator's.
public enum InstalledProgram {
  private static let places = [
    "/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/", "/sbin/", "/bin/",
  ]

  /// Where a program is that this process may run; nil if there is none of this name.
  public static func path(of name: String) -> String? {
    places.map { $0 + name }.first { unsafe access($0, X_OK) == 0 }
  }
}
