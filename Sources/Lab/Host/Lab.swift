internal import LinuxSystem
internal import NetworkTypes
internal import Nftables

/// Any number of small container hosts, on one upstream.
///
/// To be built and used on a thread of `NamespaceThread`.
public final class Lab {
  /// What the hosts have in common.
  public let upstream: Upstream
  /// The hosts, in the order of their plans.
  public let hosts: [LabHost]

  /// Builds a host for each plan, as long as `goesOn` says so before each.
  public init(_ plans: [HostPlan], while goesOn: () -> Bool = { true }) throws {
    try Self.checkGround()
    OpenFiles.raiseLimit()
    upstream = try Upstream()
    var hosts: [LabHost] = []
    for plan in plans where goesOn() {
      hosts.append(try LabHost(plan, upstream: upstream.namespace))
      try upstream.attach(plan)
    }
    self.hosts = hosts
  }

  /// Throws one `LabError` that names what this machine lacks, if it lacks anything that a lab needs.
  public static func checkGround() throws {
    let trial: NetworkNamespace
    do { trial = try NetworkNamespace.make() } catch {
      throw LabError(
        "No network namespace can be made here (\(error))",
        advice:
          "Run as root, or allow unprivileged user namespaces (sysctl user.max_net_namespaces must not be 0).",
        isMissingGround: true
      )
    }
    do { try Nftables.check() } catch {
      throw LabError("\(error)", advice: "", isMissingGround: true)
    }
    try checkBridge(in: trial)
  }
}
