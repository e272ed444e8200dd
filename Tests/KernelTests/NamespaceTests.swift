import LinuxSystem
import Testing

@Suite struct NamespaceTests {
  @Test func `a namespace is made, entered and left`() throws {
    let home = try NetworkNamespace.current()
    let made = try NetworkNamespace.make()
    #expect(made != home)
    let inside = try made.perform { try NetworkNamespace.current().identity }
    #expect(inside == made.identity)
    #expect(try NetworkNamespace.current() == home)
  }

  @Test func `sysfs and sysctls are the namespace's own`() throws {
    let made = try NetworkNamespace.make()
    let sysfs = try DetachedMount.sysfs(of: made)
    #expect(try sysfs.list("class/net").contains("lo"))
    #expect(try !sysfs.list("class/net").contains("eth0"))
    let forwarding = try made.perform {
      try Sysctl.write("1", to: "net.ipv4.ip_forward")
      return try Sysctl.read("net.ipv4.ip_forward")
    }
    #expect(forwarding == "1")
    let another = try NetworkNamespace.make()
    #expect(try another.perform { try Sysctl.read("net.ipv4.ip_forward") } == "0")
  }

  @Test func `a missing setting is an error that names it`() throws {
    #expect {
      try Sysctl.read("net.ipv4.no_such_thing")
    } throws: { "\($0)".contains("/proc/sys/net/ipv4/no_such_thing") }
  }
}
