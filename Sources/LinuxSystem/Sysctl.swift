/// Settings below /proc/sys. Those of /proc/sys/net belong to the network namespace of the calling thread.
public enum Sysctl {
  /// A setting's value, by its name with dots or slashes, such as "net.ipv4.ip_forward".
  public static func read(_ name: String) throws(SystemError) -> String { try TextFile.read(path(name)) }

  /// Changes a setting.
  ///
  /// Equivalent to: `sysctl -w NAME=VALUE`
  public static func write(_ value: String, to name: String) throws(SystemError) {
    try TextFile.write(value, to: path(name))
  }

  /// Where a setting is. Dots separate, as in sysctl(8); with slashes, dots are part of an interface's name.
  public static func path(_ name: String) -> String {
    "/proc/sys/" + (name.contains("/") ? name : String(name.map { $0 == "." ? "/" : $0 }))
  }
}
