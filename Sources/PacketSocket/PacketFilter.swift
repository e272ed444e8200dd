internal import CLinux

/// Which frames a packet socket takes: a classic BPF program, run in the kernel (socket(7),
/// SO_ATTACH_FILTER).
public struct PacketFilter: Hashable, Sendable {
  /// One instruction. The corresponding kernel structure is `struct sock_filter` (`linux/filter.h`).
  public struct Instruction: Hashable, Sendable {
    /// What is done (`BPF_*`).
    public let code: UInt16
    /// How many instructions are passed over if the condition holds.
    public internal(set) var jumpTrue: UInt8 = 0
    /// How many instructions are passed over if it doesn't.
    public internal(set) var jumpFalse: UInt8 = 0
    /// Offset, value or mask.
    public let operand: UInt32

    init(code: UInt16, operand: UInt32) {
      self.code = code
      self.operand = operand
    }
  }

  /// The program.
  public let instructions: [Instruction]

  /// How many bytes of a frame are kept: enough for the headers, the DNS header and the longest question, and
  /// for all of an ARP packet.
  public static let keptBytes = 512

  /// What name resolution consists of: ARP, neighbour solicitations and advertisements, and UDP and TCP from
  /// or to port 53, over IPv4 and IPv6.
  ///
  /// Of a fragmented packet the first fragment is taken, which has the ports and the DNS header; the others,
  /// which don't say what they belong to, are not. IPv6 packets with extension headers other than a fragment
  /// header are not taken either. VLAN tags don't matter where the kernel keeps them apart from the frame, as
  /// it does for all that a device receives.
  public static let nameResolution: PacketFilter = {
    do {
      return PacketFilter(instructions: try assembleNameResolution())
    } catch {
      fatalError("the filter jumps to a label that it doesn't place: \(error)")
    }
  }()

  /// Offsets within an Ethernet frame (IEEE 802.3; RFC 791, section 3.1; RFC 8200, sections 3 and 4.5).
  private enum Offset {
    static let etherType = 12
    static let network = 14
    static let ipv4Fragment = network + 6
    static let ipv4Protocol = network + 9
    static let ipv6NextHeader = network + 6
    static let ipv6Payload = network + 40
    static let fragmentOffset = ipv6Payload + 2
    static let fragmentPayload = ipv6Payload + 8
  }

  private static let domainPort: UInt32 = 53
  /// The 13 bits of the offset in IPv4's flags field (RFC 791, section 3.1).
  private static let ipv4OffsetMask: UInt32 = 0x1fff
  /// The same in IPv6's fragment header (RFC 8200, section 4.5).
  private static let ipv6OffsetMask: UInt32 = 0xfff8
  /// Neighbour solicitation and advertisement (RFC 4861, sections 4.3 and 4.4).
  private static let neighbourMessages: [UInt32] = [135, 136]

  private static func assembleNameResolution() throws(FilterAssembler.UnreachableLabel) -> [Instruction] {
    var program = FilterAssembler()
    let (accept, reject) = (program.makeLabel(), program.makeLabel())
    let (ipv4, ipv4Ports) = (program.makeLabel(), program.makeLabel())
    let (ipv6, ipv6Ports, neighbours) = (program.makeLabel(), program.makeLabel(), program.makeLabel())
    let (fragment, fragmentPorts) = (program.makeLabel(), program.makeLabel())
    let udp = UInt32(IPPROTO_UDP)
    let tcp = UInt32(IPPROTO_TCP)

    program.loadHalf(at: Offset.etherType)
    program.jump(ifEqual: UInt32(ETH_P_ARP), to: accept)
    program.jump(ifEqual: UInt32(ETH_P_IP), to: ipv4)
    program.jump(ifEqual: UInt32(ETH_P_IPV6), to: ipv6, else: reject)

    program.place(ipv4)
    program.loadByte(at: Offset.ipv4Protocol)
    program.jump(ifEqual: udp, to: ipv4Ports)
    program.jump(ifEqual: tcp, to: ipv4Ports, else: reject)
    program.place(ipv4Ports)
    program.loadHalf(at: Offset.ipv4Fragment)
    program.jump(ifAnyBitOf: ipv4OffsetMask, to: reject)
    program.loadIndexFromIPv4HeaderLength(at: Offset.network)
    program.loadHalf(afterIndexAt: Offset.network)
    program.jump(ifEqual: domainPort, to: accept)
    program.loadHalf(afterIndexAt: Offset.network + 2)
    program.jump(ifEqual: domainPort, to: accept, else: reject)

    program.place(ipv6)
    program.loadByte(at: Offset.ipv6NextHeader)
    program.jump(ifEqual: udp, to: ipv6Ports)
    program.jump(ifEqual: tcp, to: ipv6Ports)
    program.jump(ifEqual: UInt32(IPPROTO_ICMPV6), to: neighbours)
    program.jump(ifEqual: UInt32(IPPROTO_FRAGMENT), to: fragment, else: reject)
    program.place(ipv6Ports)
    program.loadHalf(at: Offset.ipv6Payload)
    program.jump(ifEqual: domainPort, to: accept)
    program.loadHalf(at: Offset.ipv6Payload + 2)
    program.jump(ifEqual: domainPort, to: accept, else: reject)

    program.place(neighbours)
    program.loadByte(at: Offset.ipv6Payload)
    for message in neighbourMessages { program.jump(ifEqual: message, to: accept) }
    program.keep(0)

    program.place(fragment)
    program.loadHalf(at: Offset.fragmentOffset)
    program.jump(ifAnyBitOf: ipv6OffsetMask, to: reject)
    program.loadByte(at: Offset.ipv6Payload)
    program.jump(ifEqual: udp, to: fragmentPorts)
    program.jump(ifEqual: tcp, to: fragmentPorts, else: reject)
    program.place(fragmentPorts)
    program.loadHalf(at: Offset.fragmentPayload)
    program.jump(ifEqual: domainPort, to: accept)
    program.loadHalf(at: Offset.fragmentPayload + 2)
    program.jump(ifEqual: domainPort, to: accept, else: reject)

    program.place(accept)
    program.keep(UInt32(keptBytes))
    program.place(reject)
    program.keep(0)
    return try program.assemble()
  }
}
