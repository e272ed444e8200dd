internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension LinkSnapshot {
  /// An interface as the kernel describes it with rtnetlink (`RTM_NEWLINK`).
  ///
  /// - Parameters:
  ///   - peerNamespace: the id in the snapshot of the namespace with this number (`link-netnsid`); of nil, of the
  ///     interface's own.
  ///   - name: another interface's name by its number.
  init(
    _ link: Link,
    addressAssignment: Reading<AddressAssignment>,
    peerNamespace: (Int32?) -> String?,
    name: (InterfaceIndex) -> String?
  ) {
    var bridge: BridgeAttributes?
    if case .bridge(let attributes) = link.kind { bridge = attributes }
    let peer = link.linkedTo.flatMap { index in
      index.rawValue == 0
        ? nil : PeerSnapshot(index: index, namespace: peerNamespace(link.linkNamespace))
    }
    self.init(
      index: link.index,
      name: link.name ?? "",
      kind: link.kind?.name,
      address: link.address,
      permanentAddress: link.permanentAddress,
      addressAssignment: addressAssignment,
      mtu: link.mtu,
      master: link.master.flatMap { $0.rawValue == 0 ? nil : $0 },
      peer: peer,
      flags: link.flags.names,
      state: link.operationalState?.name,
      hasCarrier: link.carrier,
      transmitQueueLength: link.transmitQueueLength,
      alternativeNames: link.alternativeNames,
      statistics: link.statistics?.sysfs ?? [:],
      bridge: bridge?.sysfs,
      port: link.bridgePort?.sysfs(name: name),
      options: link.kind?.options ?? [:]
    )
  }
}

extension LinkFlags {
  /// The flags as ip-link(8) prints them and in its order, without those that follow from the carrier.
  var names: [String] { Self.all.filter { contains($0.flag) }.map(\.name) }

  private static let all: [(flag: LinkFlags, name: String)] = [
    (.loopback, "LOOPBACK"), (.broadcast, "BROADCAST"), (.pointToPoint, "POINTOPOINT"),
    (.multicast, "MULTICAST"), (.noARP, "NOARP"), (.allMulticast, "ALLMULTI"), (.promiscuous, "PROMISC"),
    (.master, "MASTER"), (.slave, "SLAVE"), (.debug, "DEBUG"), (.dynamic, "DYNAMIC"),
    (.automaticMedia, "AUTOMEDIA"), (.portSelection, "PORTSEL"), (.noTrailers, "NOTRAILERS"), (.up, "UP"),
    (.dormant, "DORMANT"), (.echo, "ECHO"),
  ]
}

extension OperationalState {
  /// The state as ip-link(8) prints it.
  var name: String {
    switch self {
    case .unknown: "UNKNOWN"
    case .notPresent: "NOTPRESENT"
    case .down: "DOWN"
    case .lowerLayerDown: "LOWERLAYERDOWN"
    case .testing: "TESTING"
    case .dormant: "DORMANT"
    case .up: "UP"
    default: "\(rawValue)"
    }
  }
}

extension LinkKind {
  /// What it takes to make the link again, by ip-link(8)'s names: a VLAN's "id" and "protocol", the "mode" of a
  /// macvlan or ipvlan, the "id" of a VXLAN.
  var options: [String: String] {
    guard case .other(let name, _) = self else { return [:] }
    let parameters = parameters
    func number(_ type: UInt16) -> Int? {
      parameters[type].map { value in
        // All of these are numbers of at most four bytes in the host's order.
        value.enumerated().reduce(0) { number, byte in
          number | Int(byte.element)
            << (8 * (Self.isLittleEndian ? byte.offset : value.count - 1 - byte.offset))
        }
      }
    }
    var options: [String: String] = [:]
    switch name {
    case "vlan":
      options["id"] = number(1).map { "\($0)" }
      options["protocol"] = parameters[5].map { bytes in
        "0x" + bytes.reduce(0) { $0 << 8 | UInt16($1) }.hexadecimal(digits: 4)
      }
    case "macvlan", "macvtap": options["mode"] = number(1).map { Self.macvlanModes[$0] ?? "\($0)" }
    case "ipvlan", "ipvtap": options["mode"] = number(1).map { Self.ipvlanModes[$0] ?? "\($0)" }
    case "vxlan": options["id"] = number(1).map { "\($0)" }
    default: break
    }
    return options
  }

  private static let isLittleEndian = UInt16(littleEndian: 1) == 1

  /// `MACVLAN_MODE_*` (`linux/if_link.h`)
  private static let macvlanModes = [1: "private", 2: "vepa", 4: "bridge", 8: "passthru", 16: "source"]
  /// `IPVLAN_MODE_*` (`linux/if_link.h`)
  private static let ipvlanModes = [0: "l2", 1: "l3", 2: "l3s"]
}
