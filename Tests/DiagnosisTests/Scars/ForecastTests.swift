import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

@Suite struct `Forecasts of MAC changes` {
  @Test func `three ports, a hundred starts a day`() throws {
    let rate = StartRate(perDay: 100...100, sources: ["counted"])
    let forecast = MacChangeForecast(ports: 3, smallest: nil, rate: rate)
    // 1/4 for the join, 1/3 for the leave.
    #expect(abs(forecast.perContainer.upperBound - 7.0 / 12) < 1e-12)
    let changes = try #require(forecast.changesPerDay)
    #expect(abs(changes.upperBound - 58.333) < 0.001)
    #expect(abs((forecast.lostSecondsPerDay ?? 0) - 3091.67) < 0.01)
    let evidence = forecast.evidence(ports: 3, rate: rate)
    #expect(evidence.value == "about 58 MAC changes a day, up to 3092 s a day lost by each container")
  }

  @Test func `a small smallest MAC is hardly ever undercut by newcomers`() {
    let forecast = MacChangeForecast(ports: 3, smallest: MACAddress(0x0200_0000_0001), rate: nil)
    #expect(forecast.perContainer.lowerBound < 1e-9)
    #expect(abs(forecast.perContainer.upperBound - 7.0 / 12) < 1e-12)
    #expect(forecast.changesPerDay == nil)
  }

  @Test func `nobody is cut off for longer than a day a day`() {
    let rate = StartRate(perDay: 0...1_000_000, sources: [])
    #expect(MacChangeForecast(ports: 2, smallest: nil, rate: rate).lostSecondsPerDay == 86_400)
  }

  @Test(
    arguments: [
      (0x0000_5e00_5301, 0.0), (0x0200_0000_0000, 0), (0x0600_0000_0000, 1.0 / 64),
      (0x0280_0000_0000, 0.5 / 64),
      (0x1200_0000_0000, 4.0 / 64), (0x5254_0012_3456, (20 + 0x54_0012_3456 / 1_099_511_627_776.0) / 64),
      (0xfeff_ffff_ffff, 1),
    ] as [(UInt64, Double)]
  ) func `the chance that a random MAC is smaller`(address: UInt64, chance: Double) {
    #expect(abs(MacChangeForecast.chance(below: MACAddress(address)) - chance) < 1e-9)
  }

  @Test func `starts are counted by the containers that run, and by the interfaces that were made`() throws {
    let world = SnapshotWorld.dockerHost
    let host = HostView(world.snapshot)
    let bridge = try #require(host.bridges.first { $0.name == "brci0" })
    let rate = try #require(StartRate(on: bridge, in: host))
    // Three in the twelve hours that the oldest runs: 6 a day, between 1.2 and 17.5 (95 % limits of a count of 3).
    #expect(abs(rate.perDay.lowerBound - 1.2) < 0.1)
    // Numbers up to 18, of which 4 are no veths': 14 in 10 days, two for each container.
    #expect(rate.sources.count == 2)
    #expect(rate.perDay.upperBound == max(rate.perDay.lowerBound, 0.7))
  }

  @Test func `many interfaces made since the boot are many starts`() throws {
    var world = SnapshotWorld.dockerHost
    world.add(SnapshotWorld.bridge("br-late", index: 20_004, address: MACAddress(0x0242_0000_0001)))
    let host = HostView(world.snapshot)
    let bridge = try #require(host.bridges.first { $0.name == "brci0" })
    // 20,004 less 5 that are no veths', two for each container, in 10 days.
    #expect(abs((StartRate(on: bridge, in: host)?.perDay.upperBound ?? 0) - 999.95) < 0.01)
  }

  @Test func `nothing tells in a lab's namespace`() throws {
    let host = HostView(SnapshotWorld.labHost.snapshot)
    #expect(StartRate(on: try #require(host.bridges.first), in: host) == nil)
  }

  @Test(arguments: [(0, 0.0, 3.69), (1, 0.025, 5.57), (3, 0.62, 8.77), (10, 4.80, 18.39), (100, 81.4, 121.6)])
  func `limits of a count`(count: Int, low: Double, high: Double) {
    let limits = StartRate.poissonLimits(count)
    #expect(abs(limits.lowerBound - low) <= 0.02 * max(1, low))
    #expect(abs(limits.upperBound - high) <= 0.02 * high)
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0.0), ("2026-11-24T06:00:00Z", 1_795_500_000),
      ("2024-02-29T23:59:59.25Z", 1_709_251_199.25),
      ("2026-11-24T08:30:00.000000001+02:30", 1_795_500_000.000000001),
    ] as [(String, Double)]
  ) func `times of documents`(text: String, seconds: Double) throws {
    #expect(try abs(#require(MomentText.seconds(text)) - seconds) < 1e-6)
  }

  @Test(arguments: [
    "", "yesterday", "2026-11-24", "2026-13-01T00:00:00Z", "2026-11-24T06:00:00", "2026-11-24T06:00:00.Z",
  ])
  func `what isn't a time`(text: String) { #expect(MomentText.seconds(text) == nil) }

  @Test(
    arguments: [
      (0.0, "0"), (0.001, "less than 0.01"), (0.583, "0.58"), (1.25, "1.3"), (9.96, "10"), (30, "30"),
      (3091.7, "3092"),
      (0.5, "0.5"), (0.05, "0.05"), (2.04, "2"),
    ] as [(Double, String)]
  ) func `numbers in words`(number: Double, words: String) { #expect(number.inWords == words) }
}
