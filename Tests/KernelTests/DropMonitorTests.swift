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
    let right = try Fixture.index(of: name, in: namespace)
    let loop = try EventLoop()
    let observer = try NamespaceObserver(namespace, on: loop)
    let monitor = try DropMonitor(reasons: ["OTHERHOST"])
    let before = Timestamp.now()
    try FrameSender(namespace).send(
      FrameSender.misaddressedQuery,
      by: Fixture.index(of: "left", in: namespace)
    )
    var drops: [Event] = []
    for descriptor in monitor.rawDescriptors {
      try loop.watch(descriptor) {
        drops += monitor.receive().filter {
          if case .drop(_, _, name) = $0.kind { true } else { false }
        }
        if !drops.isEmpty { loop.stop() }
      }
    }
    loop.schedule(after: .seconds(5)) { loop.stop() }
    try loop.run()
    let drop = try #require(drops.first)
    #expect(drops.count == 1)
    #expect(drop.kind == .drop(reason: "OTHERHOST", function: "ip_rcv_core", interface: name))
    #expect(drop.time > before - .milliseconds(1) && drop.time < .now() + .milliseconds(1))
    let record = try observer.record()
    #expect(record.sightings.contains { $0.interface == right && $0.packetType == .otherHost })
    let link = try observer.state().links.first { $0.index == right }
    #expect(link?.otherHostDropped == 1)
  }

  @Test func `reasons that the kernel doesn't know are an error that names them`() throws {
    if let obstacle = Self.obstacle { try Test.cancel("\(obstacle)") }
    #expect {
      try DropMonitor(reasons: ["NO_SUCH_REASON"])
    } throws: { "\($0)".contains("NO_SUCH_REASON") }
  }
}
