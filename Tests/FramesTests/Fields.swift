import Frames
import NetworkTypes
import WireFormat

/// What we read in a frame, in tshark's terms.
struct Fields {
  private(set) var values: [String: String] = [:]

  init(_ frame: EthernetFrame) throws {
    values["eth.dst"] = "\(frame.header.destination)"
    values["eth.src"] = "\(frame.header.source)"
    values["vlan.id"] = frame.header.tags.last { $0.type == .vlan }.map { "\($0.identifier)" }
    switch frame.content {
    case .arp(let packet):
      values["arp.opcode"] = "\(packet.operation.rawValue)"
      values["arp.src.hw_mac"] = "\(packet.senderLink)"
      values["arp.src.proto_ipv4"] = "\(packet.sender)"
      values["arp.dst.proto_ipv4"] = "\(packet.target)"
    case .ipv4(let header, let content):
      values["ip.src"] = "\(header.source)"
      values["ip.dst"] = "\(header.destination)"
      values["ip.ttl"] = "\(header.timeToLive)"
      try add(content, isIPv6: false)
    case .ipv6(let header, let content):
      values["ipv6.src"] = "\(header.source)"
      values["ipv6.dst"] = "\(header.destination)"
      values["ipv6.hlim"] = "\(header.hopLimit)"
      try add(content, isIPv6: true)
    case .other: break
    }
  }

  private mutating func add(_ content: TransportContent, isIPv6: Bool) throws {
    switch content {
    case .udp(let header, let data):
      values["udp.srcport"] = "\(header.sourcePort)"
      values["udp.dstport"] = "\(header.destinationPort)"
      if case .stated(let length) = header.length { values["udp.length"] = "\(length)" }
      let isDNS = [53, 5353].contains(header.sourcePort) || [53, 5353].contains(header.destinationPort)
      if isDNS { try add(DNSMessage(data)) }
    case .tcp(let header, let data):
      values["tcp.srcport"] = "\(header.sourcePort)"
      values["tcp.dstport"] = "\(header.destinationPort)"
      values["tcp.seq_raw"] = "\(header.sequence)"
      if data.count > 2 { try add(DNSMessage(Array(data.dropFirst(2)))) }
    case .icmp(let header, let body):
      values[isIPv6 ? "icmpv6.type" : "icmp.type"] = "\(header.type)"
      if !isIPv6 { values["icmp.code"] = "\(header.code)" }
      var reader = ByteReader(body.span)
      if isIPv6 { try addDiscovery(header, &reader) }
    case .other: break
    }
  }

  private mutating func addDiscovery(_ header: ICMPHeader, _ reader: inout ByteReader) throws {
    switch header.type {
    case ICMPv6Type.neighbourSolicitation:
      let message = try NeighbourSolicitation(parsing: &reader)
      values["icmpv6.nd.ns.target_address"] = "\(message.target)"
      values["icmpv6.opt.linkaddr"] = message.sourceLink.map { "\($0)" }
    case ICMPv6Type.neighbourAdvertisement:
      let message = try NeighbourAdvertisement(parsing: &reader)
      values["icmpv6.nd.na.target_address"] = "\(message.target)"
      values["icmpv6.opt.linkaddr"] = message.targetLink.map { "\($0)" }
    case 133:
      // A router solicitation (RFC 4861, section 4.1) has the same options.
      try reader.skip(4)
      guard !reader.isAtEnd, case .sourceLink(let address) = try NeighbourOption(parsing: &reader) else {
        return
      }
      values["icmpv6.opt.linkaddr"] = "\(address)"
    default: break
    }
  }

  private static func hexadecimal(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private mutating func add(_ message: DNSMessage) {
    values["dns.id"] = Self.hexadecimal(message.identifier)
    values["dns.flags"] = Self.hexadecimal(message.flags.rawValue)
    values["dns.qry.name"] = message.questions.map(\.name.description).joined(separator: ",")
    values["dns.qry.type"] = message.questions.map { "\($0.type.rawValue)" }.joined(separator: ",")
    values["dns.count.answers"] = "\(message.answers.count)"
    let records = message.answers + message.authorities + message.additional
    func set(_ key: String, _ pick: (DNSRecord) -> String?) {
      let found = records.compactMap(pick)
      if !found.isEmpty { values[key] = found.joined(separator: ",") }
    }
    set("dns.resp.name") { $0.name == .root ? "<Root>" : $0.name.description }
    set("dns.resp.type") { "\($0.type.rawValue)" }
    set("dns.a") { if case .a(let address) = $0.data { "\(address)" } else { nil } }
    set("dns.aaaa") { if case .aaaa(let address) = $0.data { "\(address)" } else { nil } }
    set("dns.cname") { if case .cname(let name) = $0.data { name.description } else { nil } }
    set("dns.mx.mail_exchange") { if case .mx(_, let name) = $0.data { name.description } else { nil } }
    set("dns.ptr.domain_name") { if case .ptr(let name) = $0.data { name.description } else { nil } }
    set("dns.txt") {
      guard case .txt(let strings) = $0.data else { return nil }
      return strings.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")
    }
    set("dns.rr.udp_payload_size") { EDNS($0).map { "\($0.bufferSize)" } }
  }
}
