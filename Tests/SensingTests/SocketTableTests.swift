import NetworkTypes
import Testing

@testable import Sensing

@Suite struct SocketTableTests {
  @Test func `UDP sockets without a peer listen, with their drops`() throws {
    let text = """
         sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            
       2731: 0B00007F:B6E1 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 44211 2 00000000dd1c1bb3 0        
       3027: 00000000:0035 00000000:0000 07 00000000:00000300 00:00000000 00000000     0        0 31744 2 00000000a3c1d1b3 17       
       9999: 0101A8C0:A000 3500A8C0:0035 01 00000000:00000000 00:00000000 00000000     0        0 50000 2 00000000a3c1d1b4 0        
      """
    let sockets = SocketTable.listening(text, transport: "udp")
    #expect(sockets.count == 2)
    #expect(sockets[0].address == .v4(IPv4Address(127, 0, 0, 11)))
    #expect(sockets[0].port == 0xb6e1)
    #expect(sockets[1].address == .v4(.any))
    #expect(sockets[1].port == 53)
    #expect(sockets[1].drops == 17)
    #expect(sockets[1].inode == 31744)
  }

  @Test func `of TCP sockets those in the listening state`() throws {
    let text = """
        sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0000000000000000 100 0 0 10 0
         1: 0000000000000000FFFF00000100007F:0016 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0000000000000000 20 4 30 10 -1
         2: B80D0120000000000000000053000000:0035 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1 0000000000000000 100 0 0 10 0
      """
    let sockets = SocketTable.listening(text, transport: "tcp")
    #expect(sockets.map(\.address.description) == ["::1", "2001:db8::53"])
    #expect(sockets.allSatisfy { $0.port == 53 && $0.drops == nil })
  }

  @Test func `what is no socket is passed over`() {
    #expect(SocketTable.listening("", transport: "udp").isEmpty)
    #expect(SocketTable.listening("a\nb c d\n1: XX:YY 0:0 07 0 0 0 0 0 0\n", transport: "udp").isEmpty)
  }
}
