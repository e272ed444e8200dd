import Frames
import LinuxSystem
import NetworkTypes
import PacketSocket
import WireFormat

/// Sends made-up frames in a namespace.
struct FrameSender {
  private let socket: PacketSocket

  init(_ namespace: NetworkNamespace) throws { socket = try PacketSocket(in: namespace) }

  func send(_ frame: [UInt8], by interface: InterfaceIndex) throws { try socket.send(frame, by: interface) }

  /// A DNS request in a frame to a link address that nobody has.
  static var misaddressedQuery: [UInt8] {
    var writer = ByteWriter()
    let link = EthernetHeader(
      destination: MACAddress(0x0200_0000_7777),
      source: MACAddress(0x0200_0000_0001),
      type: .ipv4
    )
    link.write(to: &writer)
    let header = IPv4Header(
      protocol: .udp,
      source: IPv4Address(10, 9, 9, 2),
      destination: IPv4Address(10, 9, 9, 1)
    )
    header.write(to: &writer) { writer in
      UDPHeader(sourcePort: 40_000, destinationPort: 53).write(to: &writer, over: header.pseudoHeader) {
        DNSMessage(query: DNSQuestion(.root, .ns), identifier: 0x1234).write(to: &$0)
      }
    }
    return writer.bytes
  }
}
