import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Testing

@Suite struct DropMonitorTests {
  /// Why these tests can't run here; nil if they can.
  static let obstacle: String? = {
    do {
      try DropMonitor.canRun()
      return nil
    } catch {
      return "\(error)"
    }
  }()

  @Test func `a frame for another host is a packet type, a counter and a drop`() throws {
    if let obstacle = Self.obstacle { try Test.cancel("\(obstacle)") }
    let namespace = try SensingTests.host()
    // A name that nothing else on the machine has.
    let name = "kp\(namespace.identity % 100_000_000)"
    try Fixture.ip("link set dev right down name \(name)", in: namespace)
    try Fixture.ip("link set dev \(name) up", in: namespace)
    try Fixture.untilUp(["left", name], in: namespace)
    let right = try Fixture.index(of: name, in: namespace)
    let loop = try EventLoop()
    let observer = try NamespaceObserver(namespace, on: loop)
    let monitor = try DropMonitor(reasons: ["OTHERHOST"])
    defer { monitor.unwatch(on: loop) }
    let before = Timestamp.now()
    let left = try Fixture.index(of: "left", in: namespace)
    let sender = try FrameSender(namespace)
    try sender.send(FrameSender.misaddressedQuery, by: left)
    var drops: [Event] = []
    try monitor.watch(on: loop) { events in
      drops += events.filter { if case .drop(_, _, name) = $0.kind { true } else { false } }
      if drops.count >= 2 { loop.stop() }
    }
    // The first frame came before the monitor was watched, and the second comes while the loop runs.
    loop.schedule(after: .zero) { try sender.send(FrameSender.misaddressedQuery, by: left) }
    loop.schedule(after: .seconds(5)) { loop.stop() }
    try loop.run()
    let expected = Event.Kind.drop(reason: "OTHERHOST", function: "ip_rcv_core", interface: name)
    #expect(drops.map(\.kind) == [expected, expected])
    let period = (before - .milliseconds(1))...(.now() + .milliseconds(1))
    #expect(drops.allSatisfy { period.contains($0.time) })
    let record = try observer.record()
    #expect(record.sightings.contains { $0.interface == right && $0.packetType == .otherHost })
    let link = try observer.state().links.first { $0.index == right }
    #expect(link?.otherHostDropped == 2)
  }

  @Test func `reasons that the kernel doesn't know are an error that names them`() throws {
    if let obstacle = Self.obstacle { try Test.cancel("\(obstacle)") }
    #expect {
      try DropMonitor(reasons: ["NO_SUCH_REASON"])
    } throws: { "\($0)".contains("NO_SUCH_REASON") }
  }
}
