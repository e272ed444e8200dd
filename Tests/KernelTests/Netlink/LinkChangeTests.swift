import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import SystemPackage
import Testing

@Suite struct LinkChangeTests {
  let connection: NetlinkConnection

  init() throws { connection = try NetlinkConnection(in: NetworkNamespace.make()) }

  private func veth() throws -> InterfaceIndex {
    try connection.createLink(NewLink(name: "veth0", kind: .veth(peer: NewPeer(name: "veth1"))))
  }

  @Test func `only the flags that are named change`() throws {
    let index = try veth()
    try connection.changeLink(index, LinkChange(isPromiscuous: true))
    try connection.changeLink(index, LinkChange(isUp: true))
    var link = try connection.link(at: index)
    #expect(link.flags.isSuperset(of: [.promiscuous, .up]))
    #expect(link.promiscuity == 1)
    try connection.changeLink(index, LinkChange(address: MACAddress("02:00:00:00:00:01"), mtu: 1300))
    try connection.changeLink(index, LinkChange(isUp: false))
    link = try connection.link(at: index)
    #expect(link.flags.contains(.promiscuous))
    #expect(!link.flags.contains(.up))
    #expect(link.address == MACAddress("02:00:00:00:00:01"))
    #expect(link.mtu == 1300)
  }

  @Test func `name, alias, group, queue and further flags are changed`() throws {
    let index = try veth()
    var change = LinkChange(name: "other")
    change.alias = "to the laboratory"
    change.group = 77
    change.transmitQueueLength = 123
    change.takesAllMulticast = true
    change.resolvesNeighbours = false
    try connection.changeLink(index, change)
    let link = try connection.link(named: "other")
    #expect(link.index == index)
    #expect(link.alias == "to the laboratory")
    #expect(link.group == 77)
    #expect(link.transmitQueueLength == 123)
    #expect(link.flags.isSuperset(of: [.allMulticast, .noARP]))
  }

  @Test func `a link moves to another namespace`() throws {
    let other = try NetworkNamespace.make()
    var change = LinkChange()
    change.namespace = other
    try connection.changeLink(try veth(), change)
    #expect(try NetlinkConnection(in: other).links().compactMap(\.name) == ["lo", "veth0"])
    #expect(try Set(connection.links().compactMap(\.name)) == ["lo", "veth1"])
  }

  @Test func `links have alternative names, also long ones`() throws {
    let index = try veth()
    let long = String(repeating: "n", count: 100)
    try connection.addAlternativeNames(["short", long], to: index)
    #expect(try connection.link(at: index).alternativeNames == ["short", long])
    #expect(try connection.link(named: "short").index == index)
    #expect(try connection.link(named: long).index == index)
    try connection.removeAlternativeNames([long], from: index)
    #expect(try connection.link(at: index).alternativeNames == ["short"])
  }

  @Test func `a bridge's parameters are changed one by one`() throws {
    let index = try connection.createLink(NewLink(name: "br0", kind: .bridge()))
    guard case .bridge(let before) = try connection.link(at: index).kind else {
      Issue.record("no bridge")
      return
    }
    #expect(before.stpState == .off)
    #expect(before.forwardDelay == .seconds(15))
    #expect(before.ageingTime == .seconds(300))
    var change = BridgeAttributes()
    change.stpState = .kernel
    change.forwardDelay = .seconds(2)
    change.multicastQueryInterval = .milliseconds(7_500)
    change.groupForwardMask = 8
    change.nfCallIptables = false
    try connection.changeBridge(index, change)
    guard case .bridge(let after) = try connection.link(at: index).kind else {
      Issue.record("no bridge")
      return
    }
    #expect(after.stpState == .kernel)
    #expect(after.forwardDelay == .seconds(2))
    #expect(after.multicastQueryInterval == .milliseconds(7_500))
    #expect(after.groupForwardMask == 8)
    #expect(after.nfCallIptables == false)
    #expect(after.ageingTime == before.ageingTime)
    #expect(after.multicastSnooping == before.multicastSnooping)
    #expect(after.bridgeIdentifier == before.bridgeIdentifier)
  }

  @Test func `a bridge is made with parameters`() throws {
    var attributes = BridgeAttributes()
    attributes.ageingTime = .seconds(10)
    attributes.multicastSnooping = false
    let index = try connection.createLink(NewLink(name: "br0", kind: .bridge(attributes)))
    guard case .bridge(let made) = try connection.link(at: index).kind else {
      Issue.record("no bridge")
      return
    }
    #expect(made.ageingTime == .seconds(10))
    #expect(made.multicastSnooping == false)
  }

  @Test func `a bridge port's parameters are changed one by one`() throws {
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
    let index = try veth()
    try connection.changeLink(index, LinkChange(isUp: true, master: .join(bridge)))
    let before = try #require(try connection.link(at: index).bridgePort)
    #expect(before.hairpin == false)
    var change = BridgePort()
    change.hairpin = true
    change.isolated = true
    change.cost = 42
    try connection.changeBridgePort(index, change)
    let after = try #require(try connection.link(at: index).bridgePort)
    #expect(after.hairpin == true)
    #expect(after.isolated == true)
    #expect(after.cost == 42)
    #expect(after.learning == before.learning)
    #expect(after.priority == before.priority)
    #expect(after.unicastFlood == before.unicastFlood)
  }

  @Test func `counters include frames for other hosts`() throws {
    let index = try veth()
    let statistics = try #require(try connection.link(at: index).statistics)
    #expect(statistics.receivedPackets == 0)
    #expect(statistics.otherHostDropped == 0)
    #expect(try connection.links(statistics: false).allSatisfy { $0.statistics == nil })
  }

  @Test func `a refusal names the link and repeats the kernel's explanation`() throws {
    let index = try veth()
    do {
      try connection.changeLink(index, LinkChange(mtu: 10))
      Issue.record("a packet size of 10 was accepted")
    } catch {
      #expect(error.code == .refused)
      #expect(error.operation == "change")
      #expect(error.subject == "link veth0 (\(index))")
      #expect(error.errno == .invalidArgument)
      #expect(error.message == "mtu less than device minimum")
      #expect("\(error)".contains("link veth0 (\(index)): Invalid argument (mtu less than device minimum)"))
    }
  }

  @Test func `a refusal says where in the request the mistake is`() throws {
    do {
      _ = try connection.createLink(NewLink(name: "this-name-is-too-long", kind: .bridge()))
      Issue.record("a name of 21 bytes was accepted")
    } catch {
      #expect(error.errno == .outOfRange)
      // nlmsghdr and ifinfomsg come before the first attribute, the name.
      #expect(error.offset == 32)
    }
  }

  @Test func `what isn't there is an error that names it`() throws {
    let error = #expect(throws: NetlinkError.self) { try connection.link(named: "nothing") }
    #expect(error?.errno == .noSuchAddressOrDevice || error?.errno == Errno(rawValue: 19))
    #expect(error?.subject == "link nothing")
    let bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge()))
    let second = #expect(throws: NetlinkError.self) {
      try connection.createLink(NewLink(name: "br0", kind: .bridge()))
    }
    #expect(second?.errno == .fileExists)
    #expect(try connection.link(named: "br0").index == bridge)
  }
}
