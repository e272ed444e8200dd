import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct RouterAdvertisementTests {
  private let id = "ipv6-ra-lost"

  /// A lab host whose IPv6 default route, if any, was made by `origin`, with a dynamic address or without.
  private func world(route origin: String?, isDynamic: Bool) -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    let uplink = world.index("eth0")
    world.edit { namespace in
      namespace.routes = namespace.routes.map { routes in
        routes.compactMap { route in
          guard route.destination.length == 0, route.destination.address.family == .v6 else { return route }
          guard let origin else { return nil }
          var route = route
          route.origin = origin
          return route
        }
      }
      namespace.addresses = namespace.addresses.map { addresses in
        addresses.map { address in
          var address = address
          if isDynamic, address.interface == uplink, address.prefix.address.family == .v6 {
            address.flags = ["dynamic", "mngtmpaddr"]
          }
          return address
        }
      }
    }
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `a static route, or none at all, passes`(world: SnapshotWorld) {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `an advertised route on a host that forwards will go`() throws {
    let finding = try #require(world(route: "ra", isDynamic: false).findings(id).first)
    #expect(finding.severity == .critical && finding.confidence == .certain)
    #expect(finding.remedies[0].commands[0] == "sysctl -w net.ipv6.conf.eth0.accept_ra=2")
  }

  @Test func `an advertised address without a default route tells that it is gone`() throws {
    let finding = try #require(world(route: nil, isDynamic: true).findings(id).first)
    #expect(finding.confidence == .likely && finding.summary.contains("lost"))
  }

  @Test func `a static default route beside an advertised address is well`() {
    #expect(world(route: "static", isDynamic: true).results(id).map(\.status) == [.passed])
  }

  @Test(arguments: [("accept_ra", "2"), ("accept_ra", "0"), ("forwarding", "0")])
  func `it isn't lost where the kernel listens, or a program, or nothing is forwarded`(
    name: String,
    value: String
  ) {
    var world = world(route: "ra", isDynamic: true)
    world.set("net.ipv6.conf.eth0.\(name)", value)
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `an unread setting leaves it open only if something came by an advertisement`() {
    var advertised = world(route: "ra", isDynamic: false)
    advertised.set("net.ipv6.conf.eth0.accept_ra", .unreadable(reason: "not permitted"))
    #expect(advertised.results(id).map(\.status) == [.unknown])
    var plain = SnapshotWorld.labHost
    plain.set("net.ipv6.conf.eth0.accept_ra", .unreadable(reason: "not permitted"))
    #expect(plain.results(id).map(\.status) == [.passed])
  }
}
