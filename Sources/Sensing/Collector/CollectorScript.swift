internal import NetworkConfiguration
internal import Observation

/// A shell script that collects what a `Snapshot` holds, for hosts without this program: read-only, for any POSIX
/// shell. `CollectorOutput` reads what it prints.
public enum CollectorScript {
  /// The script.
  public static var text: String {
    let parts = filled(String(decoding: PackageResources.namespace_sh, as: UTF8.self))
    return filled(String(decoding: PackageResources.collect_sh, as: UTF8.self)).replacing(
      "@PARTS@\n",
      with: parts
    )
  }

  /// The engine's settings that the script may print.
  static let engineSettings = [
    "bridge", "bip", "fixed-cidr", "iptables", "ip6tables", "ip-forward", "ip-forward-no-drop", "ip-masq",
    "userland-proxy", "icc", "data-root", "exec-root", "pidfile", "live-restore", "mtu", "dns",
    "firewall-backend",
    "default-address-pools",
  ]

  /// Puts in what this program knows, so that script and program don't differ.
  private static func filled(_ text: String) -> String {
    func paths(_ names: [String]) -> String {
      names.map { $0.replacing(".", with: "/") }.joined(separator: " ")
    }
    let leaves = SnapshotSettings.ofInterface.compactMap { $0.split(separator: "/").last.map(String.init) }
    let dnsmasqFiles = [DnsmasqFiles.standard] + DnsmasqFiles.folders.map { $0 + "/*" }
    let owners = ResolverPrograms.names.union(["dockerd"]).sorted()
    return
      text
      .replacing("@INTERFACE_SETTINGS@", with: Array(Set(leaves)).sorted().joined(separator: " "))
      .replacing("@NAMESPACE_SETTINGS@", with: paths(SnapshotSettings.ofNamespace))
      .replacing("@MACHINE_SETTINGS@", with: paths(SnapshotSettings.ofMachine))
      .replacing("@MODULES@", with: KernelModules.mattering.joined(separator: " "))
      .replacing("@SOCKET_OWNERS@", with: owners.joined(separator: " | "))
      .replacing("@DNSMASQ_OPTIONS@", with: DnsmasqFiles.collected)
      .replacing("@DNSMASQ_LETTERS@", with: DnsmasqFiles.lettersWithValue)
      .replacing("@DNSMASQ_FILES@", with: dnsmasqFiles.joined(separator: " | "))
      .replacing("@RESOLVED_KEYS@", with: ResolvedFiles.keys.joined(separator: "|"))
      .replacing("@DNSMASQ_NAMES@", with: DnsmasqFiles.names.joined(separator: "|"))
      .replacing("@ADAPTER_COUNTERS@", with: AdapterCounters.suffix)
      .replacing("@ENGINE_SETTINGS@", with: engineSettings.joined(separator: " "))
  }
}
