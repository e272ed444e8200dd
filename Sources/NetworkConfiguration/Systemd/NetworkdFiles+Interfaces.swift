internal import NetworkTypes
public import Observation

extension NetworkdFiles {
  /// What the files say about interfaces: each `.netdev`, then each `.network`, once for each name or pattern that it
  /// matches by, in the order in which networkd tries them. Inverted patterns ("!docker0 !br-*") stay one name with
  /// spaces. Other conditions than names are the setting "match", with `*` as the name if there are no names;
  /// `ConfiguredInterface.isFor(_:)` knows what all this means.
  public func interfaces(_ files: inout FileGathering) -> [ConfiguredInterface] {
    var ports: [String: [String]] = [:]
    for unit in networks {
      guard let bridge = unit.content.value("Network", "Bridge") else { continue }
      ports[bridge, default: []] += unit.content.patterns("Match", "Name").filter { !$0.hasPrefix("!") }
    }
    return devices.compactMap { device($0, ports: ports, &files) } + networks.flatMap { network($0, &files) }
  }

  private func device(_ unit: Unit, ports: [String: [String]], _ files: inout FileGathering)
    -> ConfiguredInterface?
  {
    guard let name = unit.content.value("NetDev", "Name"), let kind = unit.content.value("NetDev", "Kind")
    else {
      files.note(unit.path, 0, "[NetDev] needs Name= and Kind=; networkd ignores the file")
      return nil
    }
    var settings: [String: String] = [:]
    if let address = unit.content.assignments("NetDev", "MACAddress").last(where: { !$0.value.isEmpty }) {
      if let parsed = MACText.parse(address.value) {
        settings["mac"] = parsed.description
      } else if address.value != "none" {
        files.note(
          address.file,
          address.line,
          "\(address.value) is no MAC address; networkd ignores the line"
        )
      }
      // Otherwise networkd makes the bridge with an address computed from the machine's id and the name.
      if address.value == "none" { settings["mac-policy"] = "none" }
    }
    settings["mtu"] = unit.content.value("NetDev", "MTUBytes").flatMap(Words.octets).map(String.init)
    settings["stp"] = unit.content.value("Bridge", "STP").map(Words.yesOrNo)
    settings["forward-delay"] = unit.content.value("Bridge", "ForwardDelaySec").flatMap(Words.seconds)
      .map(Words.plain)
    if let members = ports[name] { settings["ports"] = members.joined(separator: " ") }
    return ConfiguredInterface(
      manager: .networkd,
      name: name,
      file: unit.path,
      line: unit.content.sections.first { $0.name == "NetDev" }?.line ?? 1,
      kind: kind,
      settings: settings
    )
  }

  private func network(_ unit: Unit, _ files: inout FileGathering) -> [ConfiguredInterface] {
    let content = unit.content
    let keys = Set(
      content.sections.filter { $0.name == "Match" }.flatMap { $0.assignments.map(\.key) }
    )
    let names = content.patterns("Match", "Name")
    let others = keys.subtracting(["Name"]).sorted().compactMap { key -> String? in
      let words = content.patterns("Match", key)
      return words.isEmpty ? nil : "\(key)=\(words.joined(separator: " "))"
    }
    if names.isEmpty, others.isEmpty {
      files.note(
        unit.path,
        0,
        "there is no valid setting in [Match]; networkd ignores the file (Name=* matches everything)"
      )
      return []
    }
    var settings = settings(of: content)
    if !others.isEmpty { settings["match"] = others.joined(separator: "; ") }
    let line = content.sections.first { $0.name == "Match" }?.line ?? 1
    // Inverted patterns restrict the others, so that they stay together.
    let isTogether = names.contains { $0.hasPrefix("!") }
    let entries = names.isEmpty ? ["*"] : isTogether ? [names.joined(separator: " ")] : names
    return entries.map { name in
      ConfiguredInterface(
        manager: .networkd,
        name: name,
        isPattern: isTogether || Glob.isPattern(name),
        file: unit.path,
        line: line,
        settings: settings
      )
    }
  }

  private func settings(of content: UnitFile) -> [String: String] {
    var settings: [String: String] = [:]
    func set(_ term: String, _ section: String, _ key: String, _ transform: (String) -> String? = { $0 }) {
      if let value = content.value(section, key).flatMap(transform) { settings[term] = value }
    }
    func setList(_ term: String, _ words: [String]) {
      if !words.isEmpty { settings[term] = words.joined(separator: " ") }
    }
    setList("address", content.list("Network", "Address") + last("Address", "Address", content))
    setList("gateway", content.list("Network", "Gateway") + last("Route", "Gateway", content))
    setList("dns", content.list("Network", "DNS"))
    set("mac", "Link", "MACAddress") { MACText.parse($0)?.description }
    set("mtu", "Link", "MTUBytes") { Words.octets($0).map(String.init) }
    set("unmanaged", "Link", "Unmanaged", Words.yesOrNo)
    set("dhcp", "Network", "DHCP") { ["both": "yes", "none": "no"][$0] ?? Words.yesOrNo($0) }
    set("configure-without-carrier", "Network", "ConfigureWithoutCarrier", Words.yesOrNo)
    set("ignore-carrier-loss", "Network", "IgnoreCarrierLoss", Words.yesOrNo)
    set("keep-configuration", "Network", "KeepConfiguration", Words.yesOrNo)
    set("ipv4-forwarding", "Network", "IPForward") { Self.forwarding($0, family: "ipv4") }
    set("ipv6-forwarding", "Network", "IPForward") { Self.forwarding($0, family: "ipv6") }
    set("ipv4-forwarding", "Network", "IPv4Forwarding", Words.yesOrNo)
    set("ipv6-forwarding", "Network", "IPv6Forwarding", Words.yesOrNo)
    set("accept-ra", "Network", "IPv6AcceptRA", Words.yesOrNo)
    set("link-local", "Network", "LinkLocalAddressing", Words.yesOrNo)
    set("bridge", "Network", "Bridge")
    return settings
  }

  /// The last value of a key in each section of a name: `[Address]` and `[Route]` stand for one thing each.
  private func last(_ section: String, _ key: String, _ content: UnitFile) -> [String] {
    content.sections.filter { $0.name == section }.compactMap { section in
      section.assignments.last { $0.key == key }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }
  }

  /// What IPForward= (until systemd 256) means for a family: it may be a truth value or one family.
  private static func forwarding(_ value: String, family: String) -> String? {
    switch value {
    case "ipv4", "ipv6": value == family ? "yes" : nil
    case "kernel": nil
    default: Words.yesOrNo(value)
    }
  }
}
