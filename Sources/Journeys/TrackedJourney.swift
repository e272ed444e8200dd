internal import NetworkTypes
internal import Observation

/// A journey that is under way, in a pool.
struct TrackedJourney {
  /// The digest of question, type and id.
  let key: UInt64
  /// `NameDigest` of the question's name.
  let question: UInt64
  let type: UInt16
  let transaction: UInt16
  let transport: DNSTransport
  /// Who asked, where the request was seen first.
  var client: SocketAddress
  /// Who was asked there.
  var server: SocketAddress
  var start: Timestamp

  /// Its hops, in the order in which they came, in a pool of their own.
  var firstHop = JourneyTable.none
  var lastHop = JourneyTable.none
  var hopCount: Int32 = 0
  /// The question's name in wire form; empty until somebody gives it.
  var name: [UInt8] = []
  /// When the answer was seen on its way to the client itself, first.
  var answered: Timestamp?
  /// The answer's code, from wherever it was seen.
  var responseCode: UInt16 = 0
  /// Whether an answer was seen anywhere.
  var hasResponse = false
  /// Whether the answer says that it is cut off (TC).
  var isTruncated = false

  /// Where the answer was seen nearest to the client.
  var clientSide: ClientSide?
  /// Whether the request was seen leaving the host.
  var leavesHost = false

  /// The chain in the table.
  var next = JourneyTable.none
  var previous = JourneyTable.none
  /// Which use of its place in the pool this is.
  var generation: UInt32
}

/// Where an answer was seen nearest to the client until now.
struct ClientSide {
  let place: InterfaceIndex
  let time: Timestamp
}
