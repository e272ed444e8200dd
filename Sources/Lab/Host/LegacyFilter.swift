internal import LinuxSystem
internal import NetworkTypes

/// The older packet filter of the kernel, by the program that comes with it.
enum LegacyFilter {
  /// Runs `iptables-legacy` or `ip6tables-legacy` in a namespace; throws if it is missing or refuses.
  static func run(_ family: IPFamily, _ arguments: [String], in namespace: NetworkNamespace) throws {
    let name = family == .v4 ? "iptables-legacy" : "ip6tables-legacy"
    guard let path = InstalledProgram.path(of: name) else {
      throw LabError(
        "\(name) is missing",
        advice: "Install it with: apt-get install iptables.",
        isMissingGround: true
      )
    }
    // Its lock is for the whole machine, in a file, and this namespace is nobody else's.
    let child = try ChildProcess(
      "/usr/bin/env",
      ["XTABLES_LOCKFILE=/dev/null", path] + arguments,
      in: namespace
    )
    let status = try child.waitForEnd()
    guard status == 0 else {
      throw LabError(
        "\(name) \(arguments.joined(separator: " ")) failed with \(status)",
        advice:
          "The kernel may lack ip_tables (CONFIG_IP_NF_IPTABLES_LEGACY); load it as root: modprobe iptable_filter.",
        isMissingGround: true
      )
    }
  }
}
