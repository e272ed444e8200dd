public import ArgumentParser
public import Experiments
internal import Lab
internal import NetworkTypes

/// What may be changed about an experiment.
struct ProveOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Hosts in each arm, 10 to 60 and even.", valueName: "n"))
  var hosts = 12

  @Option(
    help: ArgumentHelp(
      "Lookups per second of each container that asks, 1 to 50.",
      valueName: "n"
    )
  )
  var rate = 12.0

  @Option(help: ArgumentHelp("Seconds under load, 6 to 600.", valueName: "s"))
  var duration = 11.0

  @Option(
    help: ArgumentHelp("Seconds that a lookup waits for its answer, 0.2 to 5.", valueName: "s")
  )
  var timeout = 1.0

  @Flag(name: .customLong("ipv6"), help: "Ask over IPv6.")
  var isIPv6 = false

  @Option(help: "What answers: kingpost (the lab's own resolver), dnsmasq or unbound.")
  var resolver = ExperimentConfiguration.ResolverProgram.kingpost

  @Flag(help: "Give every bridge a MAC of its own beforehand: the founding fault must not come about.")
  var pinned = false

  @Flag(name: .customLong("no-churn"), help: "Let nothing happen: no fault must come about.")
  var withoutChurn = false

  @Option(
    help: ArgumentHelp("Share of requests that the resolver ignores at random, 0 to 0.5.", valueName: "share")
  )
  var mute = 0.0

  /// The family of the lookups.
  var family: IPFamily { isIPv6 ? .v6 : .v4 }

  /// Throws what is wrong, and says what is allowed.
  func check() throws {
    func require(_ isAllowed: Bool, _ option: String, _ given: String, _ allowed: String) throws {
      guard isAllowed else { throw ValidationError("--\(option) \(given): \(allowed).") }
    }
    try require(
      (10...60).contains(hosts) && hosts % 2 == 0,
      "hosts",
      "\(hosts)",
      "an even number from 10 to 60; fewer can't prove anything"
    )
    try require((1...50).contains(rate), "rate", "\(rate)", "1 to 50 lookups a second")
    try require((6...600).contains(duration), "duration", "\(duration)", "6 to 600 seconds")
    try require((0.2...5).contains(timeout), "timeout", "\(timeout)", "0.2 to 5 seconds")
    let lookups = Double(hosts) * rate * duration
    try require(
      lookups <= 100_000,
      "hosts, --rate and --duration",
      "\(hosts), \(rate) and \(duration)",
      "at most 100000 lookups an arm, whose frames are all kept in memory"
    )
    try require((0...0.5).contains(mute), "mute", "\(mute)", "a share from 0 to 0.5")
    try require(
      mute == 0 || resolver == .kingpost,
      "mute",
      "\(mute)",
      "only the lab's own resolver ignores requests on command"
    )
  }

  /// The experiment for a fault.
  func configuration(for fault: Fault, seed: UInt64) -> ExperimentConfiguration {
    var configuration = ExperimentConfiguration(fault: fault, seed: seed)
    configuration.hostsPerArm = hosts
    configuration.rate = rate
    configuration.duration = .seconds(duration)
    configuration.timeout = .seconds(timeout)
    configuration.family = family
    configuration.resolver = resolver
    configuration.muteShare = mute
    if pinned { configuration.variations.insert(.pinned) }
    if withoutChurn { configuration.variations.insert(.withoutChurn) }
    return configuration
  }
}

extension ExperimentConfiguration.ResolverProgram: ExpressibleByArgument {}
