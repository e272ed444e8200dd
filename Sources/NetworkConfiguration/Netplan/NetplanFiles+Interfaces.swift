internal import NetworkTypes
public import Observation

extension NetplanFiles {
  private static let kinds = [
    "ethernets": "ethernet", "bridges": "bridge", "vlans": "vlan", "bonds": "bond", "wifis": "wifi",
    "tunnels": "tunnel", "vrfs": "vrf", "dummy-devices": "dummy", "virtual-ethernets": "veth",
  ]

  /// What the files say about interfaces.
  ///
  /// Beside the terms that all managers share: "renderer" is who configures the interface ("networkd" or
  /// "NetworkManager"), "match" the conditions of hardware that isn't found by its name.
  public func interfaces() -> [ConfiguredInterface] {
    definitions.map { definition in
      let (name, isPattern, match) = Self.name(of: definition)
      var settings = Self.settings(of: definition)
      settings["renderer"] = definition.values["renderer"] ?? renderer
      settings["match"] = match
      return ConfiguredInterface(
        manager: .netplan,
        name: name,
        isPattern: isPattern,
        file: definition.file,
        line: definition.line,
        kind: Self.kinds[definition.section] ?? definition.section,
        settings: settings
      )
    }
  }

  /// The id, unless hardware is matched by something else.
  private static func name(of definition: Definition) -> (name: String, isPattern: Bool, match: String?) {
    if let name = definition.values["set-name"] { return (name, false, nil) }
    let others = ["macaddress", "driver"].compactMap { key in
      definition.values["match." + key].map { "\(key)=\($0)" }
    }
    let match = others.isEmpty ? nil : others.joined(separator: "; ")
    if let name = definition.values["match.name"] { return (name, Glob.isPattern(name), match) }
    return match == nil ? (definition.id, false, nil) : ("*", true, match)
  }

  private static func settings(of definition: Definition) -> [String: String] {
    var settings: [String: String] = [:]
    func setList(_ term: String, _ words: [String]?) {
      if let words, !words.isEmpty { settings[term] = words.joined(separator: " ") }
    }
    setList("address", definition.lists["addresses"])
    setList("dns", definition.lists["nameservers.addresses"])
    let gateways = ["gateway4", "gateway6"].compactMap { definition.values[$0] }
    setList("gateway", gateways + (definition.lists["routes.via"] ?? []))
    if definition.section == "bridges", let ports = definition.lists["interfaces"] {
      settings["ports"] = ports.joined(separator: " ")
    }
    settings["mac"] = definition.values["macaddress"].flatMap { MACText.parse($0)?.description }
    settings["mtu"] = definition.values["mtu"]
    settings["stp"] = definition.values["parameters.stp"].map(Words.yesOrNo)
    settings["forward-delay"] = definition.values["parameters.forward-delay"]
    settings["accept-ra"] = definition.values["accept-ra"].map(Words.yesOrNo)
    let four = definition.values["dhcp4"].flatMap(Words.boolean)
    let six = definition.values["dhcp6"].flatMap(Words.boolean)
    switch (four, six) {
    case (true, true): settings["dhcp"] = "yes"
    case (true, _): settings["dhcp"] = "ipv4"
    case (_, true): settings["dhcp"] = "ipv6"
    case (nil, nil): break
    default: settings["dhcp"] = "no"
    }
    return settings
  }
}
