public import Observation

extension ConfiguredInterface {
  /// Whether the file's words are about an interface: by its name or by a pattern, and by the conditions in the
  /// setting "match". Nil if that depends on something that isn't known.
  ///
  /// The first `.network` file of networkd's for which it is true is the one that networkd uses.
  public func isFor(_ interface: LinkIdentity) -> Bool? {
    let name =
      isPattern
      ? MatchCondition.test(self.name.words, interface.name) : self.name == interface.name ? .yes : .no
    let parts = (settings["match"]?.split(separator: ";") ?? []).map { String($0).trimmed }
    switch Certainty.all([name] + parts.map { holds($0, interface) }) {
    case .yes: return true
    case .no: return false
    case .unknown: return nil
    }
  }

  private func holds(_ condition: String, _ interface: LinkIdentity) -> Certainty {
    guard let separator = condition.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      return .unknown(condition)
    }
    let key = String(condition[..<separator])
    let words = String(condition[condition.index(after: separator)...]).words
    switch (manager, key) {
    case (.networkd, _): return MatchCondition(key: key, words: words).holds(for: interface)
    case (.networkManager, "type"): return Self.isOfType(words, interface)
    case (.networkManager, "mac"):
      return MatchCondition(key: "MACAddress", words: words).holds(for: interface)
    case (.networkManager, "driver"), (.netplan, "driver"):
      return MatchCondition(key: "Driver", words: words).holds(for: interface)
    case (.netplan, "macaddress"):
      return MatchCondition(key: "PermanentMACAddress", words: words).holds(for: interface)
    default: return .unknown(condition)
    }
  }

  /// NetworkManager's types: a veth may have a connection for Ethernet.
  private static func isOfType(_ words: [String], _ interface: LinkIdentity) -> Certainty {
    guard let kind = interface.kind else {
      return interface.type == "ether" ? (words.contains("ethernet") ? .yes : .no) : .unknown("its type")
    }
    return words.contains(kind) || (kind == "veth" && words.contains("ethernet")) ? .yes : .no
  }
}

extension [ConfiguredInterface] {
  /// Whether NetworkManager's settings say that it is to leave an interface alone; nil if that depends on something
  /// that isn't known. An exception ("except:…") that matches outweighs what else does.
  ///
  /// `nm_match_spec_device` (NetworkManager, src/core/NetworkManagerUtils.c).
  public func areLeavingAlone(_ interface: LinkIdentity) -> Bool? {
    let devices = filter { $0.manager == .networkManager && $0.settings["unmanaged"] != nil }
    let exceptions = devices.filter { $0.settings["unmanaged"] == "no" }.map { $0.isFor(interface) }
    let others = devices.filter { $0.settings["unmanaged"] == "yes" }.map { $0.isFor(interface) }
    if exceptions.contains(true) { return false }
    if exceptions.contains(nil) { return others.contains { $0 != false } || others.isEmpty ? nil : false }
    if others.contains(true) { return true }
    if others.contains(nil) { return nil }
    // A list of nothing but exceptions means everything else.
    return others.isEmpty && !exceptions.isEmpty
  }
}

extension ConfiguredInterface {
  /// Whether a bridge that is made as the file says gets a link address of its own (NET_ADDR_SET).
  ///
  /// Either the file names one, or systemd-networkd makes the bridge: for a `.netdev` file without `MACAddress=` it
  /// computes one from the machine's id and the interface's name (measured with systemd 252); `MACAddress=none`
  /// prevents that.
  public var givesBridgeItsAddress: Bool {
    if settings["mac"] != nil { return true }
    guard kind == "bridge", settings["mac-policy"] != "none" else { return false }
    return manager == .networkd || (manager == .netplan && settings["renderer"] == "networkd")
  }
}
