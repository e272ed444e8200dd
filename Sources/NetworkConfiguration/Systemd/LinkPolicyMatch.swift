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

/// Whether a condition holds, as far as can be told.
enum Certainty: Equatable {
  case yes
  case no
  case unknown(String)
}

extension LinkPolicy {
  /// Whether all conditions of `[Match]` hold (`net_match_config`, systemd, src/shared/net-condition.c).
  func applies(to interface: LinkIdentity) -> Certainty {
    var missing: [String] = []
    for (key, value) in match.sorted(by: { $0.key < $1.key }) {
      switch Self.holds(key, value.words, interface) {
      case .yes: continue
      case .no: return .no
      case .unknown(let what): missing.append(what)
      }
    }
    return missing.isEmpty ? .yes : .unknown(missing.joined(separator: ", "))
  }

  private static func holds(_ key: String, _ words: [String], _ interface: LinkIdentity) -> Certainty {
    switch key {
    case "OriginalName": return test(words, interface.name)
    case "Kind": return test(words, interface.kind)
    case "Type": return interface.type.map { test(words, $0) } ?? unlessAll(words, "its type")
    case "Driver": return interface.driver.map { test(words, $0) } ?? unlessAll(words, "its driver")
    case "Path":
      // Virtual interfaces have no path on a bus.
      return interface.isVirtual ? test(words, nil) : unlessAll(words, "its path (ID_PATH)")
    case "MACAddress":
      guard let address = interface.address else { return .unknown("its link address") }
      return words.contains { MACText.parse($0) == address } ? .yes : .no
    case "PermanentMACAddress":
      if let address = interface.permanentAddress {
        return words.contains { MACText.parse($0) == address } ? .yes : .no
      }
      return interface.isVirtual ? .no : .unknown("its permanent address")
    default: return .unknown("\(key)=")
    }
  }

  /// Unknown what the value is; only if everything matches is it certain.
  private static func unlessAll(_ words: [String], _ what: String) -> Certainty {
    words.contains("*") && !words.contains { $0.hasPrefix("!") } ? .yes : .unknown(what)
  }

  /// `net_condition_test_strv`: no inverted pattern may match, and one of the others has to, if there are any.
  private static func test(_ patterns: [String], _ text: String?) -> Certainty {
    var matches = false
    var hasPositive = false
    for pattern in patterns {
      let isInverted = pattern.hasPrefix("!")
      if !isInverted { hasPositive = true }
      guard let text, Glob(isInverted ? String(pattern.dropFirst()) : pattern).matches(text) else { continue }
      if isInverted { return .no }
      matches = true
    }
    return matches || !hasPositive ? .yes : .no
  }
}
