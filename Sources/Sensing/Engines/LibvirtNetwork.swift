internal import NetworkTypes
internal import Observation

/// A network of libvirt (its "Network XML format"), read for what says whose bridge it is. Only a few elements matter,
/// each with its attributes in its opening tag, so this is no parser of XML in general.
enum LibvirtNetwork {
  /// Reads a network's file; nil for one without a bridge.
  static func read(_ text: String) -> EngineNetwork? {
    let tags = Tag.all(in: text)
    guard let bridge = tags.first(where: { $0.name == "bridge" })?.attributes["name"] else { return nil }
    let name = content(of: "name", in: text) ?? bridge
    // An address in <dns> or <dhcp> has no attribute "address" of its own in an element "ip".
    let pools = tags.filter { $0.name == "ip" }.compactMap { pool($0.attributes) }
    let forward = tags.first { $0.name == "forward" }
    return EngineNetwork(
      id: content(of: "uuid", in: text) ?? name,
      name: name,
      driver: "bridge",
      bridge: bridge,
      isDefault: name == "default",
      isInternal: forward == nil,
      pools: pools,
      options: forward?.attributes["mode"].map { ["forward": $0] } ?? [:]
    )
  }

  private static func pool(_ attributes: [String: String]) -> EngineNetwork.Pool? {
    guard let address = attributes["address"].flatMap({ IPAddress($0) }) else { return nil }
    let mask = attributes["netmask"].flatMap { IPAddress($0) }?.octets.reduce(0) { $0 + $1.nonzeroBitCount }
    guard let length = attributes["prefix"].flatMap({ Int($0) }) ?? mask,
      let prefix = IPPrefix(address, length: length)
    else { return nil }
    return .init(subnet: prefix.network, gateway: address)
  }

  private static func content(of name: String, in text: String) -> String? {
    guard let start = text.firstRange(of: "<\(name)>") else { return nil }
    let rest = text[start.upperBound...]
    return rest.firstRange(of: "</\(name)>").map { String(rest[..<$0.lowerBound]) }
  }
}

/// An opening tag.
private struct Tag {
  let name: String
  let attributes: [String: String]

  /// The opening tags of a text in their order, comments left out.
  static func all(in text: String) -> [Tag] {
    var tags: [Tag] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      if rest.hasPrefix("<!--") {
        guard let end = rest.firstRange(of: "-->") else { break }
        rest = rest[end.upperBound...]
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      if let first = tag.first, first.isLetter { tags.append(Tag(tag)) }
    }
    return tags
  }

  private init(_ text: Substring) {
    let name = text.prefix { !$0.isWhitespace && $0 != "/" }
    self.name = String(name)
    var attributes: [String: String] = [:]
    var rest = text.dropFirst(name.count)
    while let equals = rest.firstIndex(of: "=") {
      let key = rest[..<equals].split(whereSeparator: \.isWhitespace).last ?? ""
      rest = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
      guard let quote = rest.popFirst(), quote == "'" || quote == "\"", let end = rest.firstIndex(of: quote)
      else {
        break
      }
      attributes[String(key)] = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
    }
    self.attributes = attributes
  }
}
