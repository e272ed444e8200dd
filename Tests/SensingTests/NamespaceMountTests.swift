import Testing

@testable import Sensing

@Suite struct NamespaceMountTests {
  @Test func `namespaces that mounts hold are found, with their places`() {
    let text = """
      22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      43 42 0:4 net:[4026532177] /run/netns/blue rw shared:2 - nsfs nsfs rw
      99 27 0:4 net:[4026532256] /var/run/docker/netns/with\\040blank\\134 rw - nsfs nsfs rw
      100 27 0:4 mnt:[4026532257] /run/mnt rw - nsfs nsfs rw
      101 27 0:4 net:[x] /run/odd rw - nsfs nsfs rw
      """
    #expect(
      NamespaceMount.list(text) == [
        NamespaceMount(namespace: 4_026_532_177, path: "/run/netns/blue"),
        NamespaceMount(namespace: 4_026_532_256, path: "/var/run/docker/netns/with blank\\"),
      ]
    )
    #expect(NamespaceMount.list("").isEmpty)
  }
}
