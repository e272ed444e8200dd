extension LabResolver {
  /// How requests fare whose names don't say it themselves.
  ///
  /// A request has at most one of the fates whose shares are given (each 0...1, together at most 1). Labels
  /// anywhere in a name decide for its requests alone: `dN` delays the answer by N milliseconds, `mute`,
  /// `servfail`, `refused`, `nxdomain` and `trunc` do what they say, and `sN` makes a TXT record N bytes long.
  public struct Behaviour: Hashable, Sendable {
    /// How long each answer is held back.
    public var delay: Duration
    /// The share of requests that get no answer.
    public var muteShare: Double
    /// The share of requests that are answered SERVFAIL.
    public var servfailShare: Double
    /// The share of requests that are answered REFUSED.
    public var refusedShare: Double
    /// The share of requests over UDP whose answer is truncated.
    public var truncateShare: Double

    /// A behaviour; by default every request is answered at once.
    public init(
      delay: Duration = .zero,
      muteShare: Double = 0,
      servfailShare: Double = 0,
      refusedShare: Double = 0,
      truncateShare: Double = 0
    ) {
      self.delay = delay
      self.muteShare = muteShare
      self.servfailShare = servfailShare
      self.refusedShare = refusedShare
      self.truncateShare = truncateShare
    }

    /// The fate of a request that drew `number`, uniform in 0..<1; nil for none in particular.
    package func fate(_ number: Double) -> Deed? {
      var bound = 0.0
      for (share, deed) in [
        (muteShare, Deed.muted), (servfailShare, .servfail), (refusedShare, .refused),
        (truncateShare, .truncated),
      ] {
        bound += share
        if number < bound { return deed }
      }
      return nil
    }
  }

  /// What was done with a request.
  public enum Deed: String, Hashable, Sendable, CaseIterable {
    /// It was answered from the zone, NXDOMAIN and "no such record" included.
    case answered
    /// It was not answered.
    case muted
    /// It was answered SERVFAIL.
    case servfail
    /// It was answered REFUSED.
    case refused
    /// Its answer was truncated, on purpose or because it was longer than the client takes.
    case truncated
    /// It was no request that the resolver understands, and was answered FORMERR, NOTIMP or BADVERS.
    case rejected
  }
}
