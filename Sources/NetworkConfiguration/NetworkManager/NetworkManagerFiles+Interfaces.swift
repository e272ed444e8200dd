internal import NetworkTypes
public import Observation

extension NetworkManagerFiles {
  /// What the connections and the settings say about interfaces: each connection, and each device that NetworkManager
  /// is to leave alone.
  ///
  /// Beside the terms that all managers share: "profile" is the connection's id, "mac-policy" a word in place of an
  /// address ("preserve", "stable", …), "method" and "method6" are the addressing methods.
  public func interfaces() -> [ConfiguredInterface] {
    var ports: [String: [String]] = [:]
    var names: [String: String] = [:]
    for connection in connections {
      guard let name = connection.text(["connection"], "interface-name") else { continue }
      if let id = connection.text(["connection"], "uuid") { names[id] = name }
    }
    for connection in connections {
      guard let master = Self.master(of: connection) else { continue }
      let port = connection.text(["connection"], "interface-name")
      if let port { ports[names[master] ?? master, default: []].append(port) }
    }
    return connections.compactMap { interface($0, ports: ports) } + unmanaged()
  }

  private static func master(of connection: Keyfile) -> String? {
    let kind = connection.text(["connection"], "port-type") ?? connection.text(["connection"], "slave-type")
    guard kind == "bridge" else { return nil }
    return connection.text(["connection"], "controller") ?? connection.text(["connection"], "master")
  }

  private func interface(_ connection: Keyfile, ports: [String: [String]]) -> ConfiguredInterface? {
    guard let type = connection.text(["connection"], "type") else { return nil }
    let kind = ["802-3-ethernet": "ethernet", "802-11-wireless": "wifi"][type] ?? type
    let name = connection.text(["connection"], "interface-name")
    var settings: [String: String] = [:]
    settings["profile"] = connection.text(["connection"], "id")
    if name == nil { settings["match"] = "type=\(kind)" }
    let ethernet = ["ethernet", "802-3-ethernet"]
    settings["mtu"] = connection.text(ethernet, "mtu").flatMap { $0 == "0" ? nil : $0 }
    let bridgeAddress = connection.text(["bridge"], "mac-address")
    if let address = connection.text(ethernet, "cloned-mac-address") ?? bridgeAddress {
      if let parsed = MACText.parse(address) {
        settings["mac"] = parsed.description
      } else {
        settings["mac-policy"] = address
      }
    }
    settings["stp"] = connection.text(["bridge"], "stp").map(Words.yesOrNo)
    settings["forward-delay"] = connection.text(["bridge"], "forward-delay")
    settings["bridge"] = Self.master(of: connection)
    if let name, let members = ports[name] { settings["ports"] = members.joined(separator: " ") }
    setAddresses(connection, &settings)
    return ConfiguredInterface(
      manager: .networkManager,
      name: name ?? "*",
      isPattern: name == nil,
      file: connection.file,
      line: connection.group("connection")?.line ?? 1,
      kind: kind,
      settings: settings
    )
  }

  /// Addresses are "address1=10.0.0.1/24,GATEWAY" and so on.
  private func setAddresses(_ connection: Keyfile, _ settings: inout [String: String]) {
    var addresses: [String] = []
    var gateways: [String] = []
    var servers: [String] = []
    for family in ["ipv4", "ipv6"] {
      for entry in connection.group(family)?.entries ?? [] where Self.isNumbered(entry.key, "address") {
        let parts = entry.raw.split(separator: ",").map { String($0).trimmed }
        if let address = parts.first { addresses.append(address) }
        if parts.count > 1 { gateways.append(parts[1]) }
      }
      if let gateway = connection.text([family], "gateway") { gateways.append(gateway) }
      servers += connection.list([family], "dns")
    }
    if !addresses.isEmpty { settings["address"] = addresses.joined(separator: " ") }
    if !gateways.isEmpty { settings["gateway"] = gateways.joined(separator: " ") }
    if !servers.isEmpty { settings["dns"] = servers.joined(separator: " ") }
    let method = connection.text(["ipv4"], "method")
    let method6 = connection.text(["ipv6"], "method")
    settings["method"] = method
    settings["method6"] = method6
    switch (method, method6) {
    case ("auto", "auto"), ("auto", "dhcp"): settings["dhcp"] = "yes"
    case ("auto", _): settings["dhcp"] = "ipv4"
    case (_, "auto"), (_, "dhcp"): settings["dhcp"] = "ipv6"
    case (nil, nil): break
    default: settings["dhcp"] = "no"
    }
  }

  private static func isNumbered(_ key: String, _ word: String) -> Bool {
    key.hasPrefix(word) && !key.dropFirst(word.count).isEmpty
      && key.dropFirst(word.count).allSatisfy(\.isNumber)
  }

  /// `[keyfile] unmanaged-devices` and `[device…] managed=0`.
  private func unmanaged() -> [ConfiguredInterface] {
    var result: [ConfiguredInterface] = []
    if let list = settingsList("keyfile", "unmanaged-devices") {
      result += list.parts.map { Self.entry($0, "yes", file: list.file, line: list.line) }
    }
    for keyfile in settings {
      for group in keyfile.groups where group.name.hasPrefix("device") {
        guard let managed = group.entries.last(where: { $0.key == "managed" }),
          Words.boolean(managed.raw) == false
        else { continue }
        let match = group.entries.last { $0.key == "match-device" }
        let parts = match.map { Self.specifications($0.raw) } ?? ["*"]
        result += parts.map { Self.entry($0, "yes", file: keyfile.file, line: managed.line) }
      }
    }
    return result
  }

  /// A device that is left alone ("except:…" isn't). What is no name becomes the setting "match" of the pattern `*`.
  private static func entry(_ specification: String, _ value: String, file: String, line: Int)
    -> ConfiguredInterface
  {
    var rest = specification
    var unmanaged = value
    if rest.hasPrefix("except:") {
      rest = String(rest.dropFirst("except:".count))
      unmanaged = value == "yes" ? "no" : "yes"
    }
    var settings = ["unmanaged": unmanaged]
    var name = "*"
    var isPattern = true
    if rest.hasPrefix("interface-name:=") {
      name = String(rest.dropFirst("interface-name:=".count))
      isPattern = false
    } else if rest.hasPrefix("interface-name:") {
      name = String(rest.dropFirst("interface-name:".count))
      if name.hasPrefix("~") { name = String(name.dropFirst()) }
      isPattern = Glob.isPattern(name)
    } else if rest != "*" {
      settings["match"] = rest
    }
    return ConfiguredInterface(
      manager: .networkManager,
      name: name,
      isPattern: isPattern,
      file: file,
      line: line,
      settings: settings
    )
  }
}
