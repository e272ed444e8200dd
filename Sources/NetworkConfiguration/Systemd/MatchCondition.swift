internal import NetworkTypes

/// Whether something holds, as far as can be told.
enum Certainty: Equatable {
  case yes
  case no
  case unknown(String)

  /// Whether all hold; if none fails, what is missing.
  static func all(_ parts: some Sequence<Certainty>) -> Certainty {
    var missing: [String] = []
    for part in parts {
      switch part {
      case .yes: continue
      case .no: return .no
      case .unknown(let what): missing.append(what)
      }
    }
    return missing.isEmpty ? .yes : .unknown(missing.joined(separator: ", "))
  }
}

/// A line of systemd's `[Match]`, for `.link` and `.network` files (systemd, src/shared/net-condition.c).
struct MatchCondition {
  /// The key.
  let key: String
  /// The words, each with its own "!" if they are inverted.
  let words: [String]

  /// Whether it holds for an interface.
  func holds(for interface: LinkIdentity) -> Certainty {
    switch key {
    case "Name", "OriginalName": return Self.test(words, interface.name)
    case "Kind": return Self.test(words, interface.kind)
    case "Type": return interface.type.map { Self.test(words, $0) } ?? unlessAll("its type")
    case "Driver": return interface.driver.map { Self.test(words, $0) } ?? unlessAll("its driver")
    case "Path":
      // Virtual interfaces have no path on a bus.
      return interface.isVirtual ? Self.test(words, nil) : unlessAll("its path (ID_PATH)")
    case "MACAddress":
      guard let address = interface.address else { return .unknown("its link address") }
      return words.contains { MACText.parse($0) == address } ? .yes : .no
    case "PermanentMACAddress":
      if let address = interface.permanentAddress {
        return words.contains { MACText.parse($0) == address } ? .yes : .no
      }
      return interface.isVirtual ? .no : .unknown("its permanent address")
    case "WLANInterfaceType", "SSID", "BSSID":
      return interface.isVirtual ? .no : .unknown("\(key)=")
    default: return .unknown("\(key)=")
    }
  }

  /// What the value is isn't known; it doesn't matter if everything matches.
  private func unlessAll(_ what: String) -> Certainty {
    words.contains("*") && !words.contains { $0.hasPrefix("!") } ? .yes : .unknown(what)
  }

  /// No inverted pattern may match, and one of the others has to, if there are any.
  static func test(_ patterns: [String], _ text: String?) -> Certainty {
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
