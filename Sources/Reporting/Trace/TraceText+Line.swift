extension TraceText {
  /// A failure as one line, for a reader who watches them happen.
  public static func line(_ failure: JourneyDocument) -> String {
    let question = failure.question.map { "\($0.name) \($0.type)" } ?? "a question that can't be read"
    let end = failure.outcome == "error-response" ? failure.rcode ?? failure.outcome : failure.outcome
    let reason =
      failure.cause.map { "\($0.id) (\($0.confidence))" }
      ?? (failure.candidates.isEmpty
        ? "no cause found" : "perhaps " + failure.candidates.map(\.id).joined(separator: ", "))
    return "\(failure.start) \(failure.client.address) -> \(failure.server.address) \(question): \(end)"
      + "; stage \(failure.stage ?? "unknown"); \(reason)\n"
  }
}
