internal import Glibc
public import LinuxSystem
public import NetworkTypes
internal import Observation
internal import Synchronization

/// A real DNS server that serves a zone in a lab, in a `LabResolver`'s place: what holds for it holds for what
/// people run.
///
/// Its configuration and its complaints are in files without names, so nothing of it stays; the kernel kills it
/// when this process ends.
public final class RealResolver: Sendable {
  /// A program.
  public enum Program: String, Sendable, CaseIterable {
    /// dnsmasq(8)
    case dnsmasq
    /// unbound(8)
    case unbound

    /// The Debian package that has the program.
    var package: String { self == .dnsmasq ? "dnsmasq-base" : "unbound" }

    /// Where the program is, or nil if it isn't installed.
    public var path: String? { InstalledProgram.path(of: rawValue) }
  }

  /// Why a program doesn't serve.
  public enum Failure: Error, Sendable, CustomStringConvertible {
    /// It isn't installed.
    case missing(Program)
    /// It ended by itself: the exit status, and what it wrote.
    case ended(Program, status: Int32, output: String)
    /// It runs, but answered nothing for so long; what it wrote.
    case mute(Program, SocketAddress, after: Duration, output: String)
    /// All its addresses must have the same port.
    case differentPorts

    /// One line for a person, and what the program wrote.
    public var description: String {
      switch self {
      case .missing(let program):
        "\(program) is not installed; install it with: apt-get install \(program.package)"
      case .ended(let program, let status, let output):
        "\(program) ended at once with status \(status)" + (output.isEmpty ? "" : ": \(output)")
      case .mute(let program, let address, let duration, let output):
        "\(program) at \(address) answered nothing for \(duration)" + (output.isEmpty ? "" : ": \(output)")
      case .differentPorts: "a resolver's addresses must all have the same port"
      }
    }
  }

  private let keeper: ProgramKeeper

  /// Starts the program in a namespace and returns when it has answered at each address, or throws after
  /// `patience`. Every name in the zone has the zone's addresses, or 198.18.0.1 and 2001:db8::1.
  public init(
    _ program: Program,
    at addresses: [SocketAddress],
    in namespace: NetworkNamespace,
    zone: Zone,
    patience: Duration = .seconds(10)
  ) throws {
    guard let path = program.path else { throw Failure.missing(program) }
    let answers = try ZoneAnswers(zone)
    let port = addresses.first?.port ?? 53
    guard addresses.allSatisfy({ $0.port == port }) else { throw Failure.differentPorts }
    let settings = RealResolverSettings(addresses: addresses.map(\.address), port: port, zone: zone)
    var files: [UnnamedFile] = []
    let arguments: [String]
    switch program {
    case .dnsmasq: arguments = settings.dnsmasqArguments
    case .unbound:
      files = [try UnnamedFile(contents: settings.unboundConfiguration)]
      arguments = ["-d", "-p", "-c", files[0].path]
    }
    keeper = try ProgramKeeper(path, arguments, in: namespace, keeping: files)
    let deadline = ContinuousClock.now + patience
    for address in addresses {
      let probe = try ReadinessProbe(address, in: namespace, name: answers.probeName)
      while try !probe.isAnswered(within: .milliseconds(20)) {
        if let status = keeper.exitStatus {
          throw Failure.ended(program, status: status, output: keeper.output)
        }
        guard ContinuousClock.now < deadline else {
          throw Failure.mute(program, address, after: patience, output: keeper.output)
        }
      }
    }
  }

  /// Ends the program, and waits until it has ended.
  public func stop() { keeper.stop() }
}
