/// What all network namespaces of a machine share.
public struct MachineSnapshot: Codable, Hashable, Sendable {
  /// Settings of the first namespace or of the whole kernel, by their names with dots, such as
  /// "net.core.rmem_default" or "net.ipv4.neigh.default.gc_thresh3".
  public var settings: [String: Reading<String>]
  /// /proc/net/softnet_stat, summed over the processors: "processed", "dropped", "timeSqueeze".
  public var softnet: Reading<[String: UInt64]>
  /// Pressure as in /proc/pressure/cpu: "some.avg300" and so on, in per cent.
  public var pressure: Reading<[String: Double]>
  /// The online processors.
  public var processors: Reading<Int>
  /// The loaded or built-in modules among those that matter: "br_netfilter", "nf_tables", "ip_tables", …
  public var modules: Reading<[String]>
  /// Whether /lib/modules has a folder for the running kernel.
  public var hasModulesFolder: Reading<Bool>
  /// A digest of /etc/machine-id (the id itself is personal), for comparing machines: SHA-256 of "kingpost:" and the
  /// id, in hexadecimal. Equivalent to: `printf 'kingpost:%s' "$(cat /etc/machine-id)" | sha256sum`
  public var machineIdDigest: Reading<String>
  /// Whether systemd-udevd runs.
  public var udevRuns: Reading<Bool>

  /// A machine.
  public init(
    settings: [String: Reading<String>] = [:],
    softnet: Reading<[String: UInt64]> = .absent,
    pressure: Reading<[String: Double]> = .absent,
    processors: Reading<Int> = .absent,
    modules: Reading<[String]> = .absent,
    hasModulesFolder: Reading<Bool> = .absent,
    machineIdDigest: Reading<String> = .absent,
    udevRuns: Reading<Bool> = .absent
  ) {
    self.settings = settings
    self.softnet = softnet
    self.pressure = pressure
    self.processors = processors
    self.modules = modules
    self.hasModulesFolder = hasModulesFolder
    self.machineIdDigest = machineIdDigest
    self.udevRuns = udevRuns
  }
}
