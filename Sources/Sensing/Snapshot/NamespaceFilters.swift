internal import LinuxSystem
internal import Nftables
internal import Observation
internal import SystemPackage

/// The packet filters of one namespace.
struct NamespaceFilters: Sendable {
  let nftables: Reading<String>
  let legacyTables: [String: Reading<String>]

  /// Those of the namespace that the calling thread is in.
  init(_ modules: KernelModules) {
    nftables = Self.ruleset(modules)
    legacyTables = LegacyTables.read()
  }

  /// Unreadable ones.
  init(unreadable reason: String) {
    nftables = .unreadable(reason: reason)
    legacyTables = ["iptables": .unreadable(reason: reason), "ip6tables": .unreadable(reason: reason)]
  }

  /// The ruleset with its counters, read only if that can load no module.
  private static func ruleset(_ modules: KernelModules) -> Reading<String> {
    switch modules.tables {
    case .no: return .absent
    case .unknown:
      return .unreadable(
        reason:
          "whether nf_tables is loaded can't be seen, and to ask for rules would load it; run as root, or"
          + " where /lib/modules is"
      )
    case .yes: break
    }
    do throws(NftablesError) {
      return .value(try Nftables.ruleset(includesCounters: true))
    } catch {
      return error.code == .kernelSupportMissing ? .absent : .unreadable(reason: "\(error)")
    }
  }
}
