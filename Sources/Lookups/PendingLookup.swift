internal import Frames
internal import LinuxSystem
internal import NetworkTypes
internal import Observation

/// A lookup that isn't over yet.
final class PendingLookup {
  let request: LookupRequest
  let question: DNSQuestion?
  let start: Timestamp
  let completion: (LookupResult) -> Void

  /// The requests that were sent.
  var attempts: [LookupResult.Attempt] = []
  /// How many attempts were begun, also those that couldn't be sent.
  var attemptsBegun = 0
  /// What the latest attempt is carried by.
  var transport: DNSTransport
  /// When the latest attempt's time is over.
  var deadline: Timestamp
  /// Why the latest attempt failed, if the kernel said so.
  var failure: String?
  /// The socket of UDP attempts, and their ids there.
  var port: DatagramPort?
  var transactions: [UInt16] = []
  /// The connection of the latest TCP attempt.
  var stream: StreamExchange?
  var timer: EventLoop.Timer?
  /// Whether all attempts are over, and only a late answer is waited for.
  var isOverdue = false
  var isFinished = false

  init(
    _ request: LookupRequest,
    _ question: DNSQuestion?,
    start: Timestamp,
    completion: @escaping (LookupResult) -> Void
  ) {
    self.request = request
    self.question = question
    self.start = start
    self.completion = completion
    transport = request.transport
    deadline = start
  }

  var attemptsLeft: Int { max(0, max(1, request.attempts) - attemptsBegun) }

  /// When the last of all attempts is over, those that are still to come included: an answer to an earlier
  /// attempt counts as long as a later one would wait.
  var finalDeadline: Timestamp {
    deadline + request.timeout * attemptsLeft
  }

  /// Whether a message answers this lookup. A server that can't read a request may leave the question out.
  func isAnswered(by message: DNSMessage) -> Bool {
    guard message.flags.contains(.response), let question else { return false }
    if message.questions.isEmpty { return message.responseCode != .noError }
    return message.questions.count == 1 && message.questions[0].matches(question)
  }

  func result(_ outcome: LookupResult.Outcome, end: Timestamp) -> LookupResult {
    LookupResult(
      name: question?.name.description.lowercased() ?? request.name.lowercased(),
      type: request.type,
      server: request.server,
      transport: transport,
      attempts: attempts,
      start: attempts.first?.sent ?? start,
      end: end,
      outcome: outcome
    )
  }
}
