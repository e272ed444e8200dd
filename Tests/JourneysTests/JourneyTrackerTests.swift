import Journeys
import NetworkTypes
import Observation
import Testing

@Suite struct JourneyTrackerTests {
  @Test(arguments: [false, true])
  func `a request and its answer through translation are one journey`(isCooked: Bool) throws {
    var scene = Scene()
    scene.isCooked = isCooked
    scene.wayOut(at: 0)
    scene.wayBack(at: 2)
    let journeys = scene.end()
    let journey = try #require(journeys.first)
    #expect(journeys.count == 1)
    #expect(journey.outcome == .answered)
    #expect(journey.responseCode == 0)
    #expect(journey.client == Scene.client)
    #expect(journey.server == Scene.server)
    #expect(journey.start == Scene.at(0))
    #expect(journey.latency == .microseconds(2030))
    #expect(journey.name == Array("\u{8}registry\u{7}example".utf8))
    #expect(journey.hops.map(\.place.rawValue) == [0, 1, 2, 2, 1, 0])
    #expect(journey.hops.map(\.isResponse) == [false, false, false, true, true, true])
    #expect(journey.hops.map(\.frame) == [1, 2, 3, 4, 5, 6])
    #expect(scene.tracker.totals.requests == 1)
    #expect(scene.tracker.totals.outcomes == [.answered: 1])
    #expect(scene.tracker.underWay == 0)
  }

  @Test func `a request without an answer ends when its client has given up, and no earlier`() throws {
    var scene = Scene(JourneyTracker.Options(timeout: .seconds(2)))
    scene.wayOut(at: 0)
    scene.wait(until: 4400)
    #expect(scene.tracker.underWay == 1)
    scene.wait(until: 4501)
    #expect(scene.tracker.underWay == 0)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [.unanswered])
    #expect(journeys.first?.responseCode == nil)
    #expect(journeys.first?.latency == nil)
  }

  @Test func `an answer after the timeout is late`() {
    var scene = Scene(JourneyTracker.Options(timeout: .seconds(2)))
    scene.wayOut(at: 0)
    scene.wayBack(at: 2500)
    #expect(scene.end().map(\.outcome) == [.late])
  }

  @Test(arguments: [(UInt16(2), Journey.Outcome.errorResponse), (3, .answered), (5, .errorResponse)])
  func `an error is one, but that a name doesn't exist is an answer`(code: UInt16, outcome: Journey.Outcome) {
    var scene = Scene()
    scene.wayOut(at: 0)
    scene.wayBack(Scene.Question(code: code), at: 1)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [outcome])
    #expect(journeys.map(\.responseCode) == [code])
  }

  @Test func `an answer that came to the host only is none`() {
    var scene = Scene()
    scene.wayOut(at: 0)
    scene.response(at: 1, Scene.uplink, to: Scene.translated)
    scene.wait(until: 20_000)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [.unanswered])
    #expect(journeys.map(\.responseCode) == [0])
    #expect(journeys.map(\.hops.count) == [4])
  }

  @Test func `a request that is sent again is a journey of its own`() {
    var scene = Scene()
    scene.wayOut(at: 0)
    scene.wayOut(at: 5000)
    scene.wayBack(at: 5001)
    let journeys = scene.end().sorted { $0.start < $1.start }
    #expect(journeys.map(\.outcome) == [.unanswered, .answered])
    #expect(journeys.map(\.hops.count) == [3, 6])
  }

  @Test func `a frame that was seen twice is no second request`() {
    var scene = Scene()
    scene.wayOut(at: 0)
    scene.request(at: 0.01, Scene.bridge)
    scene.wayBack(at: 1)
    let journeys = scene.end()
    #expect(journeys.map(\.hops.count) == [7])
    #expect(scene.tracker.totals.requests == 1)
  }

  @Test func `A and AAAA from one socket with one id are two journeys`() {
    var scene = Scene()
    scene.wayOut(Scene.Question(type: 1), at: 0)
    scene.wayOut(Scene.Question(type: 28), at: 0.01)
    scene.wayBack(Scene.Question(type: 28), at: 1)
    scene.wait(until: 20_000)
    let journeys = scene.end().sorted { $0.type < $1.type }
    #expect(journeys.map(\.type) == [1, 28])
    #expect(journeys.map(\.outcome) == [.unanswered, .answered])
  }

  @Test(arguments: [false, true])
  func `two clients that ask the same with the same id at once are told apart`(isCooked: Bool) {
    var scene = Scene()
    scene.isCooked = isCooked
    let second = SocketAddress(Scene.translated.address, port: 1024)
    scene.wayOut(at: 0)
    scene.request(at: 0.2, isCooked ? Scene.port : Scene.otherPort, from: Scene.neighbour)
    scene.request(at: 0.2, Scene.bridge, from: Scene.neighbour)
    scene.request(at: 0.25, Scene.uplink, from: second)
    scene.wayBack(at: 1, to: Scene.neighbour, as: second)
    scene.wait(until: 20_000)
    let journeys = scene.end().sorted { $0.start < $1.start }
    #expect(journeys.map(\.client) == [Scene.client, Scene.neighbour])
    #expect(journeys.map(\.outcome) == [.unanswered, .answered])
    #expect(journeys.map(\.hops.count) == [3, 6])
  }

  @Test func `a client that asks two servers at once makes two journeys`() {
    var scene = Scene()
    let second = SocketAddress(.v4(IPv4Address(192, 0, 2, 54)), port: 53)
    scene.request(at: 0, Scene.port)
    scene.request(at: 0, Scene.port, to: second)
    scene.response(at: 1, Scene.port, from: second)
    scene.wait(until: 20_000)
    let journeys = scene.end().sorted { $0.server.port < $1.server.port }
    #expect(Set(journeys.map(\.server)) == [Scene.server, second])
    #expect(journeys.first { $0.server == second }?.outcome == .answered)
    #expect(journeys.first { $0.server == Scene.server }?.outcome == .unanswered)
  }

  @Test func `interfaces of one capture may be out of order`() {
    var scene = Scene()
    scene.request(at: 0.05, Scene.uplink, from: Scene.translated)
    scene.request(at: 0, Scene.port)
    scene.request(at: 0, Scene.bridge)
    scene.wayBack(at: 1)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [.answered])
    #expect(journeys.map(\.client) == [Scene.client])
    #expect(journeys.map(\.hops.count) == [6])
  }

  @Test func `a response may come in a file before its request`() {
    var scene = Scene()
    scene.request(at: 0, Scene.port)
    scene.request(at: 0, Scene.bridge)
    scene.response(at: 1, Scene.uplink, to: Scene.translated)
    scene.request(at: 0.05, Scene.uplink, from: Scene.translated)
    scene.wait(until: 20_000)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [.unanswered])
    #expect(journeys.map(\.hops.count) == [4])
    #expect(journeys.map(\.responseCode) == [0])
  }

  @Test func `a client whose frames come last in a file isn't taken for answered because the host was`() {
    var scene = Scene()
    scene.request(at: 0.05, Scene.uplink, from: Scene.translated)
    scene.response(at: 1, Scene.uplink, to: Scene.translated)
    scene.request(at: 0, Scene.port)
    scene.request(at: 0, Scene.bridge)
    scene.wait(until: 2000)
    #expect(scene.tracker.underWay == 1)
    scene.wait(until: 20_000)
    let journeys = scene.end()
    #expect(journeys.map(\.outcome) == [.unanswered])
    #expect(journeys.map(\.client) == [Scene.client])
    #expect(journeys.map(\.hops.count) == [4])
  }

  @Test func `a response without a request is counted, and so is what is open at the end`() {
    var scene = Scene()
    scene.wayBack(at: 0)
    scene.wayOut(at: 1)
    #expect(scene.end().isEmpty)
    #expect(scene.tracker.totals.orphans == 3)
    #expect(scene.tracker.totals.open == 1)
    #expect(scene.tracker.totals.requests == 0)
  }

  @Test func `memory is for what is under way`() {
    var scene = Scene(JourneyTracker.Options(timeout: .seconds(1), keepsAnswered: false))
    var most = 0
    for number in 0..<20_000 {
      let question = Scene.Question(
        name: "n\(number).example",
        transaction: UInt16(truncatingIfNeeded: number)
      )
      scene.wayOut(question, at: Double(number))
      if number % 10 != 0 { scene.wayBack(question, at: Double(number) + 0.5) }
      most = max(most, scene.tracker.underWay)
    }
    // Half a second of all at a thousand a second, and two seconds more of the tenth that waits.
    #expect(most < 500 + 250)
    #expect(scene.end().count == 2000 - scene.tracker.totals.open)
  }

  @Test func `time that goes back begins another capture`() {
    var scene = Scene()
    scene.wayOut(at: 100_000)
    scene.wayOut(at: 0)
    scene.wayBack(at: 1)
    #expect(scene.end().map(\.outcome) == [.answered])
    #expect(scene.tracker.totals.open == 1)
  }

  @Test func `two responses to a request that was sent twice are one for each`() {
    var scene = Scene()
    scene.wayOut(at: 0)
    scene.wayOut(at: 1000)
    scene.wayBack(at: 1200)
    scene.wayBack(at: 1500)
    #expect(scene.end().map(\.outcome) == [.answered, .answered])
    #expect(scene.tracker.totals.orphans == 0)
  }

  @Test func `what is open where another capture begins hasn't failed`() {
    var scene = Scene()
    scene.wayOut(at: 100_000)
    scene.response(at: 100_001, Scene.uplink, to: Scene.neighbour)
    scene.wayBack(at: 1)
    scene.wayOut(at: 0)
    scene.wait(until: 20_000)
    #expect(scene.end().map(\.outcome) == [.answered])
    #expect(scene.tracker.totals.open == 1)
    #expect(scene.tracker.totals.orphans == 1)
  }

  @Test func `many requests with one id and question cost no more than a bounded look at each`() {
    var scene = Scene()
    let clock = ContinuousClock()
    let duration = clock.measure {
      for number: UInt32 in 0..<30_000 {
        let source = SocketAddress(.v4(IPv4Address(10 << 24 + number)), port: 1)
        scene.request(at: Double(number) / 100, Scene.port, from: source)
      }
    }
    // A look through all of them would take minutes.
    #expect(duration < .seconds(20))
    #expect(scene.tracker.underWay == 30_000)
  }

  @Test func `times at the ends of what a capture can say trap nothing`() {
    for nanoseconds in [0, 1, 1 << 62] as [Int64] {
      var tracker = JourneyTracker()
      let message = Sighting.Message(
        source: Scene.client,
        destination: Scene.server,
        transaction: 1,
        isResponse: false,
        responseCode: 0,
        question: 1,
        type: 1,
        transport: .udp
      )
      for time in [nanoseconds, 1 << 61, nanoseconds] {
        let sighting = Sighting(
          time: Timestamp(nanoseconds: time),
          interface: Scene.port,
          packetType: nil,
          linkSource: nil,
          linkDestination: nil,
          content: .dns(message)
        )
        _ = tracker.take(sighting, frame: 1)
      }
      tracker.end()
      #expect(tracker.underWay == 0)
    }
  }
}
