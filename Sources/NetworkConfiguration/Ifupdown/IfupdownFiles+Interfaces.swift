internal import NetworkTypes
public import Observation

extension IfupdownFiles {
  /// What the stanzas say about interfaces: one for each, of all its stanzas, in the order of the first ones.
  ///
  /// Options with hyphens (ifupdown2's) and with underscores (bridge-utils') mean the same. "auto" is "yes" for an
  /// interface that comes up by itself.
  public func interfaces() -> [ConfiguredInterface] {
    var names: [String] = []
    var byName: [String: [Stanza]] = [:]
    for stanza in stanzas {
      if byName[stanza.name] == nil { names.append(stanza.name) }
      byName[stanza.name, default: []].append(stanza)
    }
    let automatic = Set((allowed["auto"] ?? []) + (allowed["hotplug"] ?? []))
    return names.compactMap { name in
      guard let stanzas = byName[name], let first = stanzas.first else { return nil }
      var settings: [String: String] = [:]
      for stanza in stanzas { add(stanza, to: &settings) }
      if automatic.contains(name) { settings["auto"] = "yes" }
      let bridge = stanzas.contains { $0.value("bridge-ports") != nil || $0.addsLink(type: "bridge") }
      let bond = stanzas.contains { $0.value("bond-slaves") != nil }
      let vlan = stanzas.contains { $0.value("vlan-raw-device") != nil } || name.contains(".")
      return ConfiguredInterface(
        manager: .ifupdown,
        name: name,
        file: first.file,
        line: first.line,
        kind: bridge ? "bridge" : bond ? "bond" : vlan ? "vlan" : nil,
        settings: settings
      )
    }
  }

  private func add(_ stanza: Stanza, to settings: inout [String: String]) {
    func append(_ term: String, _ value: String) {
      settings[term] = (settings[term].map { $0 + " " } ?? "") + value
    }
    if let address = stanza.address { append("address", address) }
    if let gateway = stanza.value("gateway") { append("gateway", gateway) }
    if let servers = stanza.value("dns-nameservers") { append("dns", servers.words.joined(separator: " ")) }
    if let ports = stanza.value("bridge-ports") {
      settings["ports"] = ports == "none" ? "" : ports.words.joined(separator: " ")
    }
    if let mtu = stanza.value("mtu") { settings["mtu"] = mtu }
    if let address = stanza.linkAddress { settings["mac"] = address.description }
    if let value = stanza.value("bridge-stp") { settings["stp"] = Words.yesOrNo(value) }
    if let value = stanza.value("bridge-fd") {
      settings["forward-delay"] = Double(value).map(Words.plain) ?? value
    }
    if let value = stanza.value("accept_ra") { settings["accept-ra"] = value == "0" ? "no" : "yes" }
    switch (stanza.family, stanza.method) {
    case ("inet", "dhcp"): settings["dhcp"] = ["ipv6", "yes"].contains(settings["dhcp"]) ? "yes" : "ipv4"
    case ("inet6", "dhcp"): settings["dhcp"] = ["ipv4", "yes"].contains(settings["dhcp"]) ? "yes" : "ipv6"
    case ("inet6", "auto"): settings["accept-ra"] = settings["accept-ra"] ?? "yes"
    default: break
    }
  }
}

extension IfupdownFiles.Stanza {
  /// The last value of an option, written with hyphens or underscores.
  func value(_ name: String) -> String? {
    let wanted = Self.uniform(name)
    return options.last { Self.uniform($0.name) == wanted }?.value
  }

  private static func uniform(_ name: String) -> String { String(name.map { $0 == "_" ? "-" : $0 }) }

  /// The address with the length of its network part, if the stanza has one.
  var address: String? {
    guard let text = value("address")?.words.first else { return nil }
    if text.contains("/") { return text }
    guard let mask = value("netmask")?.words.first else { return text }
    if let length = Int(mask) { return "\(text)/\(length)" }
    guard let bits = IPv4Address(mask)?.rawValue else { return text }
    let length = (~bits).leadingZeroBitCount
    return bits.nonzeroBitCount == length ? "\(text)/\(length)" : text
  }

  /// The link address that the stanza gives the interface: as an option, or by a command.
  var linkAddress: MACAddress? {
    for name in ["hwaddress", "bridge-hw"] {
      if let address = value(name)?.words.last.flatMap({ MACAddress($0) }) { return address }
    }
    for option in options where option.name == "up" || option.name == "pre-up" {
      let words = option.value.words
      guard words.contains("link"), words.contains(self.name) || words.contains("$IFACE") else { continue }
      if let place = words.firstIndex(of: "address"), place + 1 < words.count,
        let address = MACAddress(words[place + 1])
      {
        return address
      }
    }
    return nil
  }

  /// Whether a command makes the interface: `ip link add … type TYPE`, `brctl addbr`.
  func addsLink(type: String) -> Bool {
    options.contains { option in
      guard option.name == "pre-up" || option.name == "up" else { return false }
      let words = option.value.words
      guard words.contains(name) || words.contains("$IFACE") else { return false }
      if type == "bridge", words.contains("addbr") { return true }
      guard words.contains("link"), words.contains("add"), let place = words.firstIndex(of: "type") else {
        return false
      }
      return place + 1 < words.count && words[place + 1] == type
    }
  }
}
