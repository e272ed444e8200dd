internal import NetworkConfiguration
internal import Observation

/// What udev does to a new interface's MAC: what the first `.link` file says that matches it (systemd.link(5)).
struct UdevPolicy {
  /// What becomes of a MAC that the kernel drew at random.
  enum Effect: Hashable {
    /// udev sets one, so that it is the interface's own (NET_ADDR_SET).
    case sets
    /// It stays as it is.
    case leaves
    /// The file's conditions can't be judged from a snapshot.
    case undecided
  }

  /// What becomes of the MAC.
  let effect: Effect
  /// The file that decides; nil if none matches.
  let file: String?

  /// The policy for an interface of a kind ("bridge", "veth") and a name.
  init(kind: String, name: String, policies: [LinkPolicy]) {
    switch LinkPolicyMatch(of: LinkIdentity(name: name, kind: kind), in: policies) {
    case .none: (effect, file) = (.leaves, nil)
    case .undecided(let policy, _): (effect, file) = (.undecided, policy.file)
    case .policy(let policy):
      file = policy.file
      switch policy.effect(on: .random) {
      case .keeps: effect = .leaves
      case .pins, .persists, .randomises: effect = .sets
      }
    }
  }
}

extension HostView {
  /// What udev does to the MACs of interfaces of a kind in a namespace; nil where udev isn't at work, and why.
  func udev(_ kind: String, name: String, in namespace: NamespaceSnapshot) throws(Missing) -> (
    policy: UdevPolicy?, why: String
  ) {
    guard namespace.role == .machine else {
      return (nil, "udev acts in the machine's own namespace only, not in \(namespace.name)")
    }
    guard try snapshot.machine.udevRuns.needed("whether udev runs") == true else {
      return (nil, "udev doesn't run")
    }
    let policies = try snapshot.management.linkPolicies.needed("udev's .link files") ?? []
    let policy = UdevPolicy(kind: kind, name: name, policies: policies)
    switch (policy.effect, policy.file) {
    case (.sets, let file): return (policy, "\(file ?? "a .link file") lets udev set the MAC of \(name)")
    case (.leaves, let file?): return (policy, "\(file) lets udev leave the MAC of \(name) as it is")
    case (.leaves, nil): return (policy, "no .link file of udev's is for \(name)")
    case (.undecided, let file):
      throw Missing(
        what: "whether \(file ?? "a .link file") is for \(name): it has conditions on the machine"
      )
    }
  }
}
