import NetworkTypes
import Observation
import Testing

@testable import Experiments

@Suite struct DropsTests {
  private let start = Timestamp(nanoseconds: 1_795_406_400_000_000_000)

  private func sightings(_ nanoseconds: Int64...) -> [Sighting] {
    nanoseconds.map {
      Sighting(
        time: start + .nanoseconds($0),
        interface: InterfaceIndex(2),
        packetType: .host,
        linkSource: nil,
        linkDestination: nil,
        content: .resolution(
          .init(isReply: false, sender: .v4(.loopback), senderLink: nil, target: .v4(.loopback))
        )
      )
    }
  }

  private func drops(_ nanoseconds: Int64...) -> [Event] {
    nanoseconds.map {
      Event(
        time: start + .nanoseconds($0),
        kind: .drop(reason: "OTHERHOST", function: nil, interface: nil)
      )
    }
  }

  @Test func `a drop belongs to the host whose frame was seen at most 500 us before`() {
    let seen = sightings(1_000_000)
    let all = drops(999_999, 1_000_000, 1_000_001, 1_499_999, 1_500_000, 1_500_001, 9_000_000)
    #expect(Drops.near(seen, among: all) == Array(all[1...4]))
  }

  @Test func `of several frames the last one before the drop counts`() {
    let seen = sightings(0, 400_000, 5_000_000, 5_000_000)
    let all = drops(300_000, 800_000, 901_000, 4_999_999, 5_000_000, 5_500_000)
    #expect(Drops.near(seen, among: all) == [all[0], all[1], all[4], all[5]])
  }

  @Test func `without frames or without drops there is nothing`() {
    #expect(Drops.near([], among: drops(1, 2)) == [])
    #expect(Drops.near(sightings(1, 2), among: []) == [])
  }
}
