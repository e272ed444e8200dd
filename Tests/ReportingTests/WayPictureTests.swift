import Testing

@testable import Reporting

@Suite struct WayPictureTests {
  private typealias Sight = JourneyDocument.Sight

  private func failed(_ sights: [Sight]) -> JourneyDocument {
    .sample(sights, id: 48_879, port: 40_001, milliseconds: 500)
  }

  private func picture(_ failed: JourneyDocument, _ answered: JourneyDocument?) -> String {
    WayPicture(failed, beside: answered).lines.joined(separator: "\n")
  }

  private func difference(_ failed: [Sight], _ answered: [Sight] = JourneyDocument.way) -> String? {
    WayComparison(self.failed(failed), .sample(answered, id: 7, port: 40_000)).difference?.words
  }

  @Test func `a frame for another MAC is the first difference, and what doesn't follow is blank`() {
    let way = [
      JourneyDocument.way[0], Sight(interface: "br0", microseconds: 5, to: "02:00:00:00:00:09"),
    ]
    #expect(
      picture(failed(way), .answeredSample) == """
          FAILED, id 48879, 04:05:06.500000     | ANSWERED, id 7, 04:05:06.000000
          ------------------------------------- | -------------------------------------
          +0.000 ms -> veth1                    | +0.000 ms -> veth1
              172.18.0.2:40001 -> 192.0.2.53:53 |     172.18.0.2:40000 -> 192.0.2.53:53
              to 02:00:00:00:00:01              |     to 02:00:00:00:00:01
        ! +0.005 ms -> br0                      | +0.004 ms -> br0
              to 02:00:00:00:00:09              |     to 02:00:00:00:00:01
                                                | +0.012 ms -> eth0
                                                |     10.0.0.5:40000 -> 192.0.2.53:53
                                                |     to 02:00:00:00:00:fe
                                                | +1.012 ms <- eth0
                                                |     to 02:00:00:00:00:01
                                                | +1.020 ms <- br0
                                                |     192.0.2.53:53 -> 172.18.0.2:40000
                                                |     to 02:42:ac:12:00:02
                                                | +1.024 ms <- veth1
                                                |     to 02:42:ac:12:00:02
        ! first difference: frame is addressed to 02:00:00:00:00:09 instead of
          02:00:00:00:00:01
        """
    )
  }

  @Test func `in cooked captures the packet type stands for the MAC`() {
    let way = [
      Sight(interface: "veth1", direction: "in", type: "host"),
      Sight(interface: "br0", direction: "in", microseconds: 5, type: "otherhost"),
    ]
    var other = way
    other[1].type = "host"
    #expect(
      picture(failed(way), .sample(other, id: 8, port: 40_000)) == """
          FAILED, id 48879, 04:05:06.500000     | ANSWERED, id 8, 04:05:06.000000
          ------------------------------------- | -------------------------------------
          +0.000 ms -> veth1 in                 | +0.000 ms -> veth1 in
              172.18.0.2:40001 -> 192.0.2.53:53 |     172.18.0.2:40000 -> 192.0.2.53:53
              packet type host                  |     packet type host
        ! +0.005 ms -> br0 in                   | +0.005 ms -> br0 in
              packet type otherhost             |     packet type host
        ! first difference: packet type is otherhost instead of host
        """
    )
    #expect(
      picture(failed(way), nil) == """
          +0.000 ms -> veth1 in
              172.18.0.2:40001 -> 192.0.2.53:53
              packet type host
          +0.005 ms -> br0 in
              packet type otherhost
        """
    )
  }

  @Test func `ports and times are no difference`() {
    var late = JourneyDocument.way
    for index in 3..<6 { late[index].microseconds *= 100 }
    let lines = WayPicture(failed(late), beside: .answeredSample).lines
    #expect(
      lines[10...].joined(separator: "\n") == """
          +101.200 ms <- eth0                   | +1.012 ms <- eth0
              to 02:00:00:00:00:01              |     to 02:00:00:00:00:01
          +102.000 ms <- br0                    | +1.020 ms <- br0
              192.0.2.53:53 -> 172.18.0.2:40001 |     192.0.2.53:53 -> 172.18.0.2:40000
              to 02:42:ac:12:00:02              |     to 02:42:ac:12:00:02
          +102.400 ms <- veth1                  | +1.024 ms <- veth1
              to 02:42:ac:12:00:02              |     to 02:42:ac:12:00:02
          (no difference on the way)
        """
    )
  }

  @Test func `where one isn't seen, words say which, and whether it is seen again`() {
    let way = JourneyDocument.way
    let more = Sight(interface: "veth2", direction: "out", microseconds: 9)
    #expect(
      difference(Array(way[..<2])) == "the answered one goes on to eth0; this one isn't seen any more"
    )
    #expect(
      difference(Array(way[..<4]))
        == "the answered one's response is seen at br0; this one isn't seen any more"
    )
    #expect(difference([way[0]] + way[2...]) == "the answered one is seen at br0; this one isn't")
    #expect(
      difference(Array(way[..<4]) + way[5...])
        == "the answered one's response is seen at br0; this one's isn't"
    )
    #expect(
      difference(Array(way[..<2]) + [more] + way[2...])
        == "this one is seen at veth2 (out); the answered one isn't"
    )
    #expect(
      difference(way, Array(way[..<5]))
        == "this one's response is seen at veth1; the answered one's isn't"
    )
  }

  @Test func `an address that is translated in one only is a difference`() {
    let way = JourneyDocument.way
    var untranslated = way
    untranslated[2].isTranslated = false
    #expect(
      difference(untranslated)
        == "the client's address isn't translated; the answered one's is, to 10.0.0.5"
    )
    #expect(
      difference(way, untranslated)
        == "the client's address is translated, to 10.0.0.5; the answered one's isn't"
    )
  }

  @Test func `frames of the same time in another order are no difference`() {
    let one = [Sight(interface: "veth1"), Sight(interface: "br0")]
    #expect(difference(one, one.reversed()) == nil)
  }

  @Test func `what comes from a file stays within its column and gives no orders`() {
    var journey = failed([
      Sight(interface: "eth\u{1b}[31m\u{202e}0"), Sight(interface: String(repeating: "x", count: 200)),
    ])
    journey.hops[0].time = "never"
    journey.hops[0].source.address = "2001:db8:1111:2222:3333:4444:5555:6666"
    for answered in [nil, JourneyDocument.answeredSample, journey] {
      let lines = WayPicture(journey, beside: answered).lines
      #expect(lines.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && $0.count <= 80 })
      #expect(lines.contains { $0.contains("? -> eth?[31m?0") })
    }
    #expect(WayPicture(failed([])).lines.isEmpty)
  }

  @Test(
    arguments: [
      ("2026-11-23T04:05:06.000000007Z", 1_795_406_706_000_000_007), ("1970-01-01T00:00:00Z", 0),
      ("2000-02-29T23:59:59.5Z", 951_868_799_500_000_000),
      ("2261-12-31T23:59:59.999999999Z", 9_214_646_399_999_999_999), ("9999-01-01T00:00:00Z", nil),
      ("2026-11-23T04:05:06", nil), ("2026-13-23T04:05:06Z", nil), ("2026-11-23T04:05:06.x7Z", nil),
      ("", nil), ("TZ", nil),
    ] as [(String, Int64?)]
  )
  func `moments are nanoseconds`(text: String, nanoseconds: Int64?) {
    #expect(Moment.nanoseconds(text) == nanoseconds)
  }
}
