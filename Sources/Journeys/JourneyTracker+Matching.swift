internal import NetworkTypes
internal import Observation

/// Which journey a frame belongs to.
extension JourneyTracker {
  /// A request: of a journey that is known by another interface or under translated addresses, or the first of a new one.
  mutating func takeRequest(_ hop: Hop, _ message: Sighting.Message) -> Int32? {
    var number = table.first(Self.key(message))
    var translated = JourneyTable.none
    var looked = 0
    while number != JourneyTable.none, looked < Self.mostCandidates {
      looked += 1
      if journeys.isCandidate(number, message, at: hop.time),
        hop.time.nanoseconds < journeys[number].start.nanoseconds + Self.journeyTime
      {
        let (client, server) = (journeys[number].client, journeys[number].server)
        if client == message.source && server == message.destination {
          if !hops.isRepeated(hop, in: journeys[number].firstHop) {
            // The host puts its own link address into what it sends on.
            let own = hops[journeys[number].firstHop].linkSource
            if let own, let link = hop.linkSource, link != own {
              noteWayOut(hop, of: number, isTranslated: false)
            }
            append(hop, to: number)
            return nil
          }
        } else if isTranslation(of: number, hop), !hops.isRepeated(hop, in: journeys[number].firstHop) {
          // Where several fit, the newest whose port is the same: translation keeps it if it can.
          let isBest =
            translated != JourneyTable.none && journeys[translated].client.port == message.source.port
          if translated == JourneyTable.none || (!isBest && client.port == message.source.port) {
            translated = number
          }
        }
      }
      number = journeys[number].next
    }
    if translated != JourneyTable.none {
      noteWayOut(hop, of: translated, isTranslated: true)
      append(hop, to: translated)
      // Frames of the uplink may come before those of the port where the request was first.
      if hop.time < journeys[translated].start {
        journeys[translated].client = hop.source
        journeys[translated].server = hop.destination
        journeys[translated].start = hop.time
        // What was answered until now was the host.
        journeys[translated].answered = nil
        journeys[translated].clientSide = nil
      }
      return nil
    }
    return begin(with: hop, message)
  }

  /// A response: of the newest journey of which a request went the opposite way; false if there is none.
  mutating func takeResponse(_ hop: Hop, _ message: Sighting.Message) -> Bool {
    // A response without a question, as some errors are, can't be found by it.
    var number = table.first(Self.key(message))
    var (looked, chosen) = (0, JourneyTable.none)
    while number != JourneyTable.none, looked < Self.mostCandidates {
      looked += 1
      if journeys.isCandidate(number, message, at: hop.time), hop.time >= journeys[number].start,
        isAnswered(number, by: hop)
      {
        // Of a request that was sent again, the one that has no response yet: the first to the first, as a rule.
        if !hops.isRepeated(hop, in: journeys[number].firstHop) {
          chosen = number
          break
        }
        if chosen == JourneyTable.none { chosen = number }
      }
      number = journeys[number].next
    }
    guard chosen != JourneyTable.none else { return false }
    append(hop, to: chosen)
    if !journeys[chosen].hasResponse || message.destination == journeys[chosen].client {
      journeys[chosen].responseCode = message.responseCode
    }
    journeys[chosen].hasResponse = true
    if message.destination == journeys[chosen].client {
      markAnswered(chosen, at: hop.time)
      noteAnswer(hop, to: chosen)
    }
    return true
  }

  /// Whether a request with other addresses can be the same before or after translation.
  private mutating func isTranslation(of number: Int32, _ hop: Hop) -> Bool {
    // Frames of the uplink can come in a file after those of the answer, but no request was seen after its answer.
    if let answered = journeys[number].answered, hop.time > answered { return false }
    let first = hops[journeys[number].firstHop]
    return hop.time < first.time ? hop.canBecome(first) : first.canBecome(hop)
  }

  /// Whether a request of the journey went the opposite way of this response.
  @inline(__always)
  private mutating func isAnswered(_ number: Int32, by hop: Hop) -> Bool {
    journeys.isBetween(number, hop.destination, hop.source)
      || hops.hasRequest(from: journeys[number].firstHop, between: hop.destination, hop.source)
  }
}

extension Pool where Value == TrackedJourney {
  /// Whether a message can be one of a journey, by what stays the same and by its time.
  @inline(__always)
  func isCandidate(_ number: Int32, _ message: Sighting.Message, at time: Timestamp) -> Bool {
    self[number].question == message.question && self[number].transaction == message.transaction
      && self[number].type == message.type && self[number].transport == message.transport
      && time.nanoseconds > self[number].start.nanoseconds - JourneyTracker.disorder
  }

  /// Whether a journey is one from a client to a server.
  @inline(__always)
  func isBetween(_ number: Int32, _ client: SocketAddress, _ server: SocketAddress) -> Bool {
    self[number].client == client && self[number].server == server
  }

  /// What became of a request whose client waits for so many nanoseconds.
  func outcome(of number: Int32, patience: Int64) -> Journey.Outcome {
    guard let answered = self[number].answered else { return .unanswered }
    if answered.nanoseconds > self[number].start.nanoseconds + patience { return .late }
    // NXDOMAIN (3) is an answer.
    let code = self[number].responseCode
    return code == 0 || code == 3 ? .answered : .errorResponse
  }
}

extension HopPool {
  /// Whether a request, or a response, was seen so at the same place already, long enough before to be another one.
  func isRepeated(_ hop: Hop, in first: Int32) -> Bool {
    var place = first
    while place != JourneyTable.none {
      if self[place].place == hop.place, self[place].isResponse == hop.isResponse,
        hop.time.nanoseconds > self[place].time.nanoseconds + JourneyTracker.repetition,
        self[place].packetType == hop.packetType, self[place].source == hop.source
      {
        return true
      }
      place = next(after: place)
    }
    return false
  }

  /// Whether a request went between two addresses.
  func hasRequest(from first: Int32, between source: SocketAddress, _ destination: SocketAddress) -> Bool {
    var place = first
    while place != JourneyTable.none {
      if !self[place].isResponse, self[place].source == source, self[place].destination == destination {
        return true
      }
      place = next(after: place)
    }
    return false
  }
}

extension Hop {
  /// Whether a request seen so can be seen later as another one, with its source or its destination translated.
  fileprivate func canBecome(_ later: Hop) -> Bool {
    // What comes in wasn't translated by this host.
    if later.isOutgoing == false { return false }
    if destination == later.destination {
      // Another client of the same subnet may ask the same with the same id.
      return later.isOutgoing == true || !source.address.isNear(later.source.address)
    }
    guard source == later.source else { return false }
    // A client that asks two servers at once sends both requests itself.
    return linkSource == nil || linkSource != later.linkSource
  }
}

extension IPAddress {
  /// Whether both can be of one subnet of containers: in the same /16 or /64.
  fileprivate func isNear(_ other: IPAddress) -> Bool {
    switch (self, other) {
    case (.v4(let left), .v4(let right)): left.rawValue >> 16 == right.rawValue >> 16
    case (.v6(let left), .v6(let right)): left.rawValue >> 64 == right.rawValue >> 64
    default: false
    }
  }
}
