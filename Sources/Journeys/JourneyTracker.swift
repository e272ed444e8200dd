internal import DequeModule
public import NetworkTypes
public import Observation

/// Follows requests and their answers through everything that was seen of them, as it is seen: pure, in one pass, with
/// memory for what is under way.
///
/// What stays the same of a request on all its way are its question and its id; addresses and ports may be translated.
/// A request that is sent again is a journey of its own, and so is what a forwarder asks for somebody else.
///
/// What is done for each frame is `mutating`, or a method of one of the pools: a large value is copied to be lent to a
/// method that only reads it, and so much was a fifth of all time.
public struct JourneyTracker: ~Copyable {
  /// How long clients wait, and what is handed over.
  public struct Options: Sendable {
    /// So long after a request its client has given up.
    public var timeout: Duration
    /// Whether journeys that were answered are handed over as well; else they are counted only.
    public var keepsAnswered: Bool

    /// Options; 5 s is what glibc, musl and Go wait before they ask again (resolv.conf(5)).
    public init(timeout: Duration = .seconds(5), keepsAnswered: Bool = false) {
      self.timeout = timeout
      self.keepsAnswered = keepsAnswered
    }
  }

  /// Frames of one interface come in their order, but those of another may be so many nanoseconds older or newer.
  ///
  /// Here and below numbers instead of `Duration`, whose arithmetic has 128 bits: it is done for each frame.
  static let disorder: Int64 = 500_000_000
  /// The same request at the same place again within so many nanoseconds is a frame that was seen twice; later it was sent
  /// again.
  static let repetition: Int64 = 50_000_000
  /// A step back in time by more nanoseconds than this begins another capture, as when one was appended to another.
  static let rupture: Int64 = 60_000_000_000
  /// So many nanoseconds after a request was seen first it isn't on its way any more; translation waits for the next hop's
  /// link address at most.
  static let journeyTime: Int64 = 5_000_000_000
  /// No more frames of a journey are kept.
  static let mostHops: Int32 = 128
  /// No more journeys with the same question and id are looked through for a frame, the newest first.
  static let mostCandidates = 256
  /// No more journeys are under way at once: beyond, the oldest ends early.
  private static let mostUnderWay = 1_000_000

  /// How many came to which end until now.
  public private(set) var totals = JourneyTotals()

  /// Whether something came to its end since `takeFinished`.
  public private(set) var hasFinished = false
  /// What was learnt about the network until now.
  public private(set) var network = LearntNetwork()

  let options: Options
  /// How many nanoseconds clients wait.
  private let patience: Int64
  var journeys = Pool<TrackedJourney>()
  var hops = HopPool()
  var table = JourneyTable()
  /// When requests under way end at the latest.
  private var deadlines = DeadlineQueue()
  /// When those end that were answered.
  private var farewells = DeadlineQueue()
  private var finished: [Journey] = []
  private var examples = AnsweredExamples()
  /// Responses whose request wasn't there yet: it may be in the file after them, seen by another interface.
  private var early = Deque<EarlyResponse>()

  private struct EarlyResponse {
    let hop: Hop
    let message: Sighting.Message
  }

  /// More responses than this don't wait for their request.
  private static let mostEarly = 100_000
  private var now: Int64 = 0
  private var generation: UInt32 = 0

  /// A tracker to which nothing was shown.
  public init(_ options: Options = Options()) {
    self.options = options
    patience = options.timeout.wholeNanoseconds
  }

  /// How many are under way.
  public var underWay: Int { journeys.count }

  /// Takes what a frame tells.
  ///
  /// - Parameter frame: its number in its capture.
  /// - Returns: a journey's number if it begins with this frame: `setName` may then say what is asked for.
  public mutating func take(_ sighting: Sighting, frame: Int) -> Int32? {
    pass(to: sighting.time)
    switch sighting.content {
    case .dns(let message): return take(Hop(sighting, message, frame: frame), message)
    case .resolution(let resolution):
      network.learn(resolution, sighting)
      return nil
    }
  }

  @inline(__always)
  private mutating func take(_ hop: Hop, _ message: Sighting.Message) -> Int32? {
    guard message.isResponse else { return takeRequest(hop, message) }
    if !takeResponse(hop, message) {
      if early.count < Self.mostEarly {
        early.append(EarlyResponse(hop: hop, message: message))
      } else {
        totals.orphans += 1
      }
    }
    return nil
  }

  /// Takes in an interface's own link address, as the kernel told it at a moment.
  public mutating func learn(_ address: MACAddress, of interface: InterfaceIndex, at time: Timestamp) {
    network.learn(address, of: interface, at: time)
  }

  /// Takes in that an interface is inside a container's namespace.
  public mutating func learn(inside interface: InterfaceIndex) { network.learn(inside: interface) }

  /// Takes in that an interface is gone.
  public mutating func forget(_ interface: InterfaceIndex) { network.forget(interface) }

  /// Takes in whether an interface could carry frames from a moment on, as the kernel told it.
  public mutating func learn(carries isOn: Bool, at interface: InterfaceIndex, _ time: Timestamp) {
    network.learn(carries: isOn, at: interface, time)
  }

  /// Takes in whether this host forwarded packets of a family at a moment, as the kernel told it.
  public mutating func learn(forwards isOn: Bool, _ family: IPFamily, _ time: Timestamp) {
    network.learn(forwards: isOn, family, time)
  }

  /// Says what a journey that has just begun asks for: the name's octets in wire form, without the final zero.
  public mutating func setName(_ name: [UInt8], of number: Int32) { journeys[number].name = name }

  /// Ends what must have ended by a moment.
  public mutating func pass(to time: Timestamp) {
    let moment = time.nanoseconds
    guard moment > now else {
      if moment < now - Self.rupture {
        retryEarly(before: .max)
        finishAll()
        now = moment
      }
      return
    }
    now = moment
    let settled = moment - Self.disorder
    if !early.isEmpty { retryEarly(before: settled) }
    while let due = farewells.next(before: settled) { finishAnswered(due) }
    while let due = deadlines.next(before: settled) { finish(due, isOver: true) }
  }

  /// Ends everything: nothing more will come.
  public mutating func end() {
    retryEarly(before: .max)
    finishAll()
  }

  private mutating func retryEarly(before moment: Int64) {
    while let first = early.first, first.hop.time.nanoseconds < moment {
      early.removeFirst()
      if !takeResponse(first.hop, first.message) { totals.orphans += 1 }
    }
  }

  /// What came to its end since this was asked last: all that weren't answered, and the others if they are kept.
  public mutating func takeFinished() -> [Journey] {
    defer {
      finished = []
      hasFinished = false
    }
    return finished
  }

  /// Answered journeys to hold failed ones against: of a client and a server that failed one, if there was any.
  public var answeredExamples: [Journey] { examples.wanted }

  // MARK: - Under way

  /// What stays the same on all of a request's way, as one number.
  @inline(__always)
  static func key(_ message: Sighting.Message) -> UInt64 {
    // Multiplied by an odd constant (2^64 over the golden ratio), so that all bits decide the place in a table.
    let mixed = message.question ^ UInt64(message.transaction) << 32 ^ UInt64(message.type)
    return (mixed &* 0x9e37_79b9_7f4a_7c15) ^ (mixed >> 29)
  }

  mutating func begin(with hop: Hop, _ message: Sighting.Message) -> Int32 {
    if journeys.count >= Self.mostUnderWay, let oldest = deadlines.next(before: .max) {
      finish(oldest, isOver: true)
    }
    generation &+= 1
    let number = journeys.insert(
      TrackedJourney(
        key: Self.key(message),
        question: message.question,
        type: message.type,
        transaction: message.transaction,
        transport: message.transport,
        client: message.source,
        server: message.destination,
        start: hop.time,
        generation: generation
      )
    )
    table.insert(number, &journeys)
    append(hop, to: number)
    deadlines.add(number, generation, at: hop.time.nanoseconds + 2 * patience)
    return number
  }

  @inline(__always)
  mutating func append(_ hop: Hop, to number: Int32) {
    // More than a loop of frames can say about a request isn't kept.
    guard journeys[number].hopCount < Self.mostHops else { return }
    let place = hops.insert(hop)
    let last = journeys[number].lastHop
    if last == JourneyTable.none { journeys[number].firstHop = place } else { hops.link(last, to: place) }
    journeys[number].lastHop = place
    journeys[number].hopCount += 1
  }

  /// The answer was seen on its way to the client itself.
  mutating func markAnswered(_ number: Int32, at time: Timestamp) {
    guard journeys[number].answered == nil else { return }
    journeys[number].answered = time
    // Its last frames may be on their way still.
    farewells.add(number, journeys[number].generation, at: time.nanoseconds)
  }

  /// An answer was seen on its way to the client.
  @inline(__always)
  mutating func noteAnswer(_ hop: Hop, to number: Int32) {
    // Inside a container its host's port is on the way, not the last before the client.
    if network.isInside(hop.place) { return }
    network.note(hop)
    guard let before = journeys[number].clientSide else {
      journeys[number].clientSide = ClientSide(place: hop.place, time: hop.time)
      return
    }
    guard before.place != hop.place else { return }
    // Later is nearer to the client.
    let isNearer = hop.time >= before.time
    network.noteBetween(isNearer ? before.place : hop.place)
    if isNearer { journeys[number].clientSide = ClientSide(place: hop.place, time: hop.time) }
  }

  /// A request was seen on its way out of the host.
  @inline(__always)
  mutating func noteWayOut(_ hop: Hop, of number: Int32, isTranslated: Bool) {
    journeys[number].leavesHost = true
    network.noteWayOut(at: hop.place, to: hop.destination.address, isTranslated: isTranslated)
  }

  // MARK: - Ends

  private mutating func count(_ outcome: Journey.Outcome) {
    // Nearly all are, and a dictionary is slow.
    if outcome == .answered { totals.answered += 1 } else { totals.otherOutcomes[outcome, default: 0] += 1 }
  }

  private mutating func finishAll() {
    while let due = farewells.next(before: .max) { finishAnswered(due) }
    while let due = deadlines.next(before: .max) {
      let hasGivenUp = now >= journeys[due.number].start.nanoseconds + patience
      finish(due, isOver: hasGivenUp)
    }
  }

  /// Ends what was answered, unless it turned out that it wasn't the client that was.
  private mutating func finishAnswered(_ due: DeadlineQueue.Due) {
    if journeys[due.number].answered != nil { finish(due, isOver: true) }
  }

  private mutating func finish(_ due: DeadlineQueue.Due, isOver: Bool) {
    if journeys[due.number].generation == due.generation { finish(due.number, isOver: isOver) }
  }

  /// - Parameter isOver: whether the client has given up if nothing has come yet.
  private mutating func finish(_ number: Int32, isOver: Bool) {
    let outcome = journeys.outcome(of: number, patience: patience)
    if outcome == .unanswered, !isOver, !journeys[number].hasResponse {
      totals.open += 1
    } else {
      totals.requests += 1
      count(outcome)
      if outcome != .unanswered {
        if let side = journeys[number].clientSide { network.noteLast(side.place) }
        network.learn(journeys[number].server.address, isLocal: !journeys[number].leavesHost)
      }
      if outcome != .answered {
        examples.want(AnsweredExamples.Key(journeys[number]))
      } else if examples.isLooking(totals.answered) {
        let key = AnsweredExamples.Key(journeys[number])
        if examples.lacks(key) { examples.add(journey(number, outcome), key) }
      }
      if outcome != .answered || options.keepsAnswered {
        finished.append(journey(number, outcome))
        hasFinished = true
      }
    }
    table.remove(number, &journeys)
    hops.remove(from: journeys[number].firstHop, to: journeys[number].lastHop)
    journeys[number].name = []
    journeys[number].generation = 0
    journeys.remove(number)
  }

  private func journey(_ number: Int32, _ outcome: Journey.Outcome) -> Journey {
    var all: [Hop] = []
    var place = journeys[number].firstHop
    while place != JourneyTable.none {
      all.append(hops[place])
      place = hops.next(after: place)
    }
    // A stable order: frames with the same time stay as they came.
    let ordered = all.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    let tracked = journeys[number]
    let toClient = ordered.last { $0.isResponse && $0.destination == tracked.client }
    return Journey(
      transaction: tracked.transaction,
      name: tracked.name,
      question: tracked.question,
      type: tracked.type,
      transport: tracked.transport,
      client: tracked.client,
      server: tracked.server,
      start: ordered.first?.time ?? tracked.start,
      outcome: outcome,
      responseCode: tracked.hasResponse ? tracked.responseCode : nil,
      latency: toClient.map { $0.time - (ordered.first?.time ?? tracked.start) },
      hops: ordered
    )
  }
}
