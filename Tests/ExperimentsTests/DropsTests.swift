import NetworkTypes
import Observation
import Testing

@testable import Experiments

@Suite struct DropsTests {
  private func frame(at microseconds: Int64) -> Sighting {
    Sighting(
      time: Timestamp(nanoseconds: microseconds * 1000),
      interface: InterfaceIndex(2),
      packetType: .host,
      linkSource: nil,
      linkDestination: nil,
      content: .resolution(
        Sighting.Resolution(isReply: false, sender: .v4(.any), senderLink: nil, target: .v4(.any))
      )
    )
  }

  private func drop(at microseconds: Int64) -> Event {
    Event(
      time: Timestamp(nanoseconds: microseconds * 1000),
      kind: .drop(reason: "NETFILTER_DROP", function: nil, interface: "br0")
    )
  }

  @Test func `a drop belongs to the one host whose frame was the last before it`() {
    let home = Drops.broughtHome(
      [drop(at: 103), drop(at: 205)],
      to: [[frame(at: 100), frame(at: 300)], [frame(at: 102), frame(at: 204)], [frame(at: 104)]]
    )
    #expect(home == [[], [drop(at: 103), drop(at: 205)], []])
  }

  @Test func `a drop long after every frame, or before all, is nobody's`() {
    let home = Drops.broughtHome([drop(at: 99), drop(at: 601)], to: [[frame(at: 100)]])
    #expect(home == [[]])
  }
}
