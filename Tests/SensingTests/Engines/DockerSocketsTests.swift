import Testing

@testable import Sensing

@Suite struct DockerSocketsTests {
  @Test func `hosts become paths, and what isn't local stays`() {
    func addresses(_ hosts: [String], activated: [String] = []) -> [String] {
      DockerSockets.addresses(of: hosts, usual: "/var/run/docker.sock") { activated }
    }
    #expect(addresses([]) == ["/var/run/docker.sock"])
    #expect(addresses([], activated: ["/x/docker.sock", "/var/run/docker.sock"]) == ["/var/run/docker.sock"])
    #expect(addresses([], activated: ["/x/docker.sock", "/x/other.sock"]) == ["/x/docker.sock"])
    #expect(addresses(["unix:///a", "tcp://127.0.0.1:2375", "unix:///a"]) == ["/a", "tcp://127.0.0.1:2375"])
    #expect(addresses(["unix://"]) == ["/var/run/docker.sock"])
    #expect(addresses(["fd://"], activated: ["/run/docker-ci.sock"]) == ["/run/docker-ci.sock"])
    #expect(addresses(["fd://"]) == ["/var/run/docker.sock"])
  }

  @Test func `inherited sockets are found by their numbers, without those of helpers`() {
    let table = """
      Num       RefCount Protocol Flags    Type St Inode Path
      0000000071d2b696: 00000002 00000000 00010000 0001 01 100 /run/docker.sock
      00000000683567e1: 00000002 00000000 00010000 0001 01 101 /run/docker/containerd/containerd.sock
      00000000c32ac039: 00000002 00000000 00010000 0001 01 102 /run/docker/metrics.sock
      00000000878aa083: 00000002 00000000 00010000 0001 01 103 /run/docker/libnetwork/859793128efc.sock
      0000000052340d51: 00000003 00000000 00000000 0001 03 104 /run/docker.sock
      00000000b94f2d27: 00000002 00000000 00010000 0001 01 105 /run/with space.sock
      00000000b94f2d28: 00000002 00000000 00010000 0001 01 106 @abstract
      00000000b94f2d29: 00000002 00000000 00010000 0001 01 107
      00000000b94f2d30: 00000002 00000000 00010000 0001 01 108 /run/somebody-elses.sock
      """
    let own = Set((100...107).map(String.init))
    #expect(DockerSockets.listening(in: table, inodes: own) == ["/run/docker.sock", "/run/with space.sock"])
  }
}
