internal import NetworkTypes
internal import Observation

/// The interfaces of one collected namespace: sysfs has most, iproute2 has the rest.
struct CollectedLinks {
  /// The interfaces, in the order of their numbers; without the namespaces of other ends.
  let links: Reading<[LinkSnapshot]>
  /// The numbers by names.
  let indices: [String: InterfaceIndex]
  /// The other ends' numbers, and the numbers of the namespaces that they are in (`link-netnsid`), where iproute2
  /// tells; by interface.
  let ends: [InterfaceIndex: (index: InterfaceIndex, number: Int32?)]

  /// - Parameter hasOtherHost: whether kernel and iproute2 know `rx_otherhost_dropped`, which is left out if it is 0.
  init(_ parts: CollectedParts, hasOtherHost: Bool) {
    let files = parts.text("sysfs").map { Self.files($0.split(separator: "\n")) }
    let told = parts.json("links", IPRouteJSON.Link.self)
    let byName = Dictionary((told.value ?? []).map { ($0.ifname, $0) }) { first, _ in first }
    let names = Set(byName.keys).union((files.value ?? [:]).keys)
    var adapters: [String: [String: UInt64]] = [:]
    for words in parts.lines("adapters").map({ $0.split(separator: " ") }) where words.count == 3 {
      adapters[String(words[0]), default: [:]][String(words[1])] = UInt64(words[2])
    }
    var links: [LinkSnapshot] = []
    var ends: [InterfaceIndex: (index: InterfaceIndex, number: Int32?)] = [:]
    var indices: [String: InterfaceIndex] = [:]
    for name in names {
      let sysfs = files.value?[name] ?? [:]
      guard let number = byName[name]?.ifindex ?? sysfs["ifindex"].flatMap({ UInt32($0) }) else { continue }
      indices[name] = InterfaceIndex(number)
    }
    for (name, index) in indices {
      let sysfs = files.value?[name] ?? [:]
      let link = byName[name]
      var snapshot = Self.link(name, index, sysfs, link)
      snapshot.addressAssignment = files.flatMap { _ in
        guard let number = sysfs["addr_assign_type"].flatMap({ UInt8($0) }) else {
          return .unreadable(reason: "the interface is not in sysfs")
        }
        return AddressAssignment(rawValue: number).map { Reading.value($0) }
          ?? .unreadable(reason: "addr_assign_type \(number)")
      }
      snapshot.master =
        sysfs["master/ifindex"].flatMap { UInt32($0) }.map { InterfaceIndex($0) }
        ?? link?.master.flatMap { indices[$0] }
      if let received = link?.stats64?.rx {
        let dropped = received.otherhost ?? received.otherhost_dropped ?? (hasOtherHost ? 0 : nil)
        snapshot.statistics["rx_otherhost_dropped"] = dropped
      }
      snapshot.statistics.merge(adapters[name] ?? [:]) { own, _ in own }
      let end =
        link?.link_index ?? link?.link.flatMap { indices[$0]?.rawValue }
        ?? sysfs["iflink"].flatMap { UInt32($0) }
      if let end, end != index.rawValue, end != 0 { ends[index] = (InterfaceIndex(end), link?.link_netnsid) }
      links.append(snapshot)
    }
    self.indices = indices
    self.ends = ends
    switch (told, files) {
    case (.unreadable(let reason), .unreadable), (.unreadable(let reason), .absent):
      self.links = .unreadable(reason: reason)
    default: self.links = .value(links.sorted { $0.index < $1.index })
    }
  }

  /// "NAME/FILE:VALUE" by names and files.
  private static func files(_ lines: [Substring]) -> [String: [String: String]] {
    var files: [String: [String: String]] = [:]
    for line in lines {
      // An interface's name holds no slash, and the file's no colon.
      guard let slash = line.firstIndex(of: "/"), let colon = line[slash...].firstIndex(of: ":") else {
        continue
      }
      let file = String(line[line.index(after: slash)..<colon])
      let value = String(line[line.index(after: colon)...])
      // A file of several lines: the one that says the kind of device.
      if file == "uevent", !value.hasPrefix("DEVTYPE=") { continue }
      files[String(line[..<slash]), default: [:]][file] = value
    }
    return files
  }

  private static func link(
    _ name: String,
    _ index: InterfaceIndex,
    _ sysfs: [String: String],
    _ link: IPRouteJSON.Link?
  ) -> LinkSnapshot {
    func folder(_ folder: String) -> [String: String]? {
      let prefix = folder + "/"
      let files = sysfs.filter { $0.key.hasPrefix(prefix) }
      if files.isEmpty { return nil }
      return Dictionary(
        uniqueKeysWithValues: files.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      ).filter {
        !$0.key.hasSuffix("_timer") && $0.key != "flush"
      }
    }
    let statistics = folder("statistics") ?? [:]
    let bridge = folder("bridge")
    let address = link?.address ?? sysfs["address"]
    return LinkSnapshot(
      index: index,
      name: name,
      kind: link?.linkinfo?.info_kind ?? kind(sysfs, index, hasBridge: bridge != nil, isTold: link != nil),
      address: address.flatMap { MACAddress($0) },
      permanentAddress: link?.permaddr.flatMap { MACAddress($0) },
      mtu: link?.mtu ?? sysfs["mtu"].flatMap { UInt32($0) },
      flags: link?.flags.map { $0.filter { !["LOWER_UP", "NO-CARRIER", "RUNNING"].contains($0) } }
        ?? flags(sysfs),
      state: link?.operstate ?? sysfs["operstate"]?.uppercased(),
      hasCarrier: sysfs["carrier"].map { $0 == "1" },
      transmitQueueLength: link?.txqlen ?? sysfs["tx_queue_len"].flatMap { UInt32($0) },
      alternativeNames: link?.altnames ?? [],
      statistics: statistics.compactMapValues { UInt64($0) },
      bridge: bridge,
      port: folder("brport"),
      options: options(link)
    )
  }

  /// The kind as sysfs shows it. A veth has no type of device, and another interface behind it.
  private static func kind(
    _ sysfs: [String: String],
    _ index: InterfaceIndex,
    hasBridge: Bool,
    isTold: Bool
  ) -> String? {
    if isTold { return nil }
    if hasBridge { return "bridge" }
    if let type = sysfs["uevent"]?.dropFirst("DEVTYPE=".count), !type.isEmpty { return String(type) }
    guard let end = sysfs["iflink"].flatMap({ UInt32($0) }) else { return nil }
    return end == index.rawValue || end == 0 ? nil : "veth"
  }

  /// `IFF_*` (`linux/if.h`)
  private static func flags(_ sysfs: [String: String]) -> [String] {
    guard let digits = sysfs["flags"], digits.hasPrefix("0x"),
      let bits = UInt32(digits.dropFirst(2), radix: 16)
    else {
      return []
    }
    let names: [(UInt32, String)] = [
      (8, "LOOPBACK"), (2, "BROADCAST"), (16, "POINTOPOINT"), (0x1000, "MULTICAST"), (0x80, "NOARP"),
      (0x200, "ALLMULTI"), (0x100, "PROMISC"), (1, "UP"),
    ]
    return names.filter { bits & $0.0 != 0 }.map(\.1)
  }

  private static func options(_ link: IPRouteJSON.Link?) -> [String: String] {
    guard let info = link?.linkinfo, let data = info.info_data else { return [:] }
    var options: [String: String] = [:]
    switch info.info_kind {
    case "vlan":
      options["id"] = data.id.map { "\($0)" }
      options["protocol"] = data.protocol == "802.1ad" ? "0x88a8" : "0x8100"
    case "macvlan", "macvtap", "ipvlan", "ipvtap": options["mode"] = data.mode
    case "vxlan": options["id"] = data.id.map { "\($0)" }
    default: break
    }
    return options
  }
}
