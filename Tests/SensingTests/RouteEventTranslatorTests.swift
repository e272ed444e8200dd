import Netlink
import NetlinkCodec
import NetworkTypes
import Observation
import Sensing
import Testing

@Suite struct RouteEventTranslatorTests {
  static let time = Timestamp(nanoseconds: 5)

  func link(_ index: UInt32, _ name: String, state: BridgePortState? = nil, in bridge: UInt32? = nil) -> Link
  {
    var link = Link()
    link.index = InterfaceIndex(index)
    link.name = name
    link.kind = .veth(VethAttributes())
    link.flags = .up
    link.master = bridge.map(InterfaceIndex.init)
    if let state {
      var port = BridgePort()
      port.state = state
      link.bridgePort = port
    }
    return link
  }

  func kinds(_ translator: inout RouteEventTranslator, _ change: RouteEvent.Change) -> [Event.Kind] {
    translator.events(for: RouteEvent(time: Self.time, change)).map(\.kind)
  }

  @Test func `a port's new state is told with what is known of the link`() throws {
    var translator = RouteEventTranslator(links: [link(4, "veth1", state: .learning, in: 2)])
    var notification = link(4, "veth1", state: .forwarding, in: 2)
    notification.family = .bridge
    notification.kind = nil
    let kinds = kinds(&translator, .bridgePort(notification))
    guard case .link(let state) = try #require(kinds.first) else { throw Failure() }
    #expect(state.portState == .forwarding)
    #expect(state.kind == "veth")
    #expect(self.kinds(&translator, .bridgePort(notification)).isEmpty)
  }

  @Test func `a port that leaves is a link without bridge`() throws {
    var translator = RouteEventTranslator(links: [link(4, "veth1", state: .forwarding, in: 2)])
    guard case .link(let state) = try #require(kinds(&translator, .bridgePortRemoved(link(4, "veth1"))).first)
    else { throw Failure() }
    #expect(state.master == nil)
    #expect(state.portState == nil)
  }

  @Test func `a removed link is told as it was`() throws {
    var translator = RouteEventTranslator(links: [link(4, "veth1", in: 2)])
    guard
      case .linkRemoved(let state) = try #require(kinds(&translator, .linkRemoved(link(4, "veth1"))).first)
    else { throw Failure() }
    #expect(state.master == InterfaceIndex(2))
  }

  @Test func `after a loss, what is gone and what is there are told`() {
    var translator = RouteEventTranslator(links: [link(1, "lo"), link(4, "veth1"), link(5, "veth2")])
    #expect(kinds(&translator, .overrun(total: 3)) == [.overrun(source: "rtnetlink", total: 3)])
    var snapshot = RouteSnapshot()
    snapshot.links = [link(1, "lo"), link(5, "veth2"), link(6, "veth3")]
    let told = kinds(&translator, .resynchronised(snapshot))
    #expect(
      told == [
        .linkRemoved(LinkState(link(4, "veth1"))), .link(LinkState(link(1, "lo"))),
        .link(LinkState(link(5, "veth2"))), .link(LinkState(link(6, "veth3"))),
      ]
    )
  }

  @Test func `neighbour states have the names that ip prints`() throws {
    var translator = RouteEventTranslator()
    var neighbour = Neighbour()
    neighbour.family = .v4
    neighbour.index = InterfaceIndex(4)
    neighbour.address = .v4(IPv4Address(172, 18, 0, 1))
    neighbour.linkLayerAddress = MACAddress(2)
    neighbour.state = .stale
    let entry = NeighbourEntry(
      interface: InterfaceIndex(4),
      address: .v4(IPv4Address(172, 18, 0, 1)),
      linkAddress: MACAddress(2),
      reachability: "STALE"
    )
    #expect(kinds(&translator, .neighbour(neighbour)) == [.neighbour(entry)])
    #expect(kinds(&translator, .neighbourRemoved(neighbour)) == [.neighbourRemoved(entry)])
    neighbour.family = .bridge
    #expect(kinds(&translator, .forwardingEntry(neighbour)).isEmpty)
  }

  struct Failure: Error {}
}
