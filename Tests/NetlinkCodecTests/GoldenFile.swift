import LinuxSystem
import NetlinkCodec
import Testing

/// Messages that ip or bridge sent and received, recorded by `Golden/record.sh`.
struct GoldenFile: Sendable, CustomStringConvertible {
  let name: String
  let command: String
  let sent: [[UInt8]]
  let received: [[UInt8]]

  var description: String { name }
  var all: [[UInt8]] { sent + received }

  init(_ name: String) throws {
    self.name = name
    let directory = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let lines = try TextFile.read("/\(directory)/Golden/\(name).golden").split(separator: "\n")
    command = String(lines[0].dropFirst(2))
    func messages(_ kind: String) -> [[UInt8]] {
      lines.filter { $0.hasPrefix(kind + " ") }.map { line in
        let digits = line.dropFirst(kind.count).utf8.filter { $0 != 0x20 }.map { UInt8($0) }
        func value(_ digit: UInt8) -> UInt8 { digit < 0x3a ? digit - 0x30 : digit - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
      }
    }
    sent = messages("sent")
    received = messages("received")
  }

  /// The last order that was sent, which is what the command is for.
  var order: NetlinkMessage {
    get throws {
      let orders = try sent.flatMap(NetlinkMessage.decodeAll).filter { !$0.isQuestion }
      return try #require(orders.last)
    }
  }

  /// What was received of this type.
  func answers(_ type: NetlinkMessageType) throws -> [NetlinkMessage.Body] {
    try received.flatMap(NetlinkMessage.decodeAll).filter { $0.header.type == type }.map(\.body)
  }

  static let names = [
    "addr-add", "addr-add-6", "addr-add-peer", "addr-del", "addr-show", "bridge-link-set", "bridge-link-show",
    "fdb-replace", "fdb-show", "link-add-bridge", "link-add-bridge-options", "link-add-exists",
    "link-add-veth", "link-add-veth-addresses", "link-del", "link-property-add", "link-set-address",
    "link-set-bridge", "link-set-group", "link-set-master", "link-set-master-up", "link-set-mtu-bad",
    "link-set-promisc", "link-set-up", "link-show", "mdb-add", "mdb-show", "neigh-del", "neigh-get",
    "neigh-replace",
    "neigh-replace-6", "neigh-show", "route-add", "route-add-6", "route-add-bad", "route-add-blackhole",
    "route-add-default", "route-add-multipath", "route-show", "rule-add", "rule-add-ports", "rule-show",
    "rule-show-6",
  ]
}

extension Link {
  /// A link of which nothing is said.
  fileprivate static let asked = Link()
}

extension NetlinkMessage {
  fileprivate var isQuestion: Bool {
    [.getLink, .getAddress, .getRoute, .getNeighbour, .getRule, .getMulticast].contains(header.type)
      // ip first asks whether the kernel knows strict checks.
      || body == .link(.asked)
  }
}

/// Rows of four bytes, so that a difference can be found by eye.
func rows(_ bytes: [UInt8]) -> [String] {
  stride(from: 0, to: bytes.count, by: 4).map { start in
    bytes[start..<min(start + 4, bytes.count)].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
