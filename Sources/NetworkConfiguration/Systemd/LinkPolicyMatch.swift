public import Observation

/// Which link policy udev uses for an interface.
public enum LinkPolicyMatch: Hashable, Sendable {
  /// None matches.
  case none
  /// This one: the first that matches.
  case policy(LinkPolicy)
  /// This one may be the first that matches; whether it does depends on something that isn't known.
  case undecided(LinkPolicy, needs: String)

  /// Tries the policies in their order.
  public init(of interface: LinkIdentity, in policies: [LinkPolicy]) {
    for policy in policies {
      switch policy.applies(to: interface) {
      case .no: continue
      case .yes: self = .policy(policy)
      case .unknown(let what): self = .undecided(policy, needs: what)
      }
      return
    }
    self = .none
  }
}

extension LinkPolicy {
  /// Whether all conditions of `[Match]` hold.
  func applies(to interface: LinkIdentity) -> Certainty {
    Certainty.all(
      match.sorted { $0.key < $1.key }.map { key, value in
        MatchCondition(key: key, words: value.words).holds(for: interface)
      }
    )
  }
}
