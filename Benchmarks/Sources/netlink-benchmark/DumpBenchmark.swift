import LinuxSystem
import Measuring
import Netlink
import NetworkTypes

/// Listing 2,000 veth ports of two bridges (a bridge has room for 1,023).
struct DumpBenchmark {
  static let ports = 2_000
  let namespace: NetworkNamespace
  let connection: NetlinkConnection
  private let others: NetworkNamespace

  init() throws {
    namespace = try NetworkNamespace.make()
    others = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    let bridges = try connection.createLinks(
      (0..<2).map { NewLink(name: "br\($0)", kind: .bridge(), isUp: true) }
    )
    let links = (0..<Self.ports).map { number in
      NewLink(
        name: "port\(number)",
        kind: .veth(peer: NewPeer(name: "end\(number)", namespace: others)),
        isUp: true,
        master: bridges[number % 2]
      )
    }
    _ = try connection.createLinks(links)
  }

  /// A process of its own on both sides.
  func wholeProcess(_ program: String, rounds: Int) throws -> Row {
    try comparison("dump \(Self.ports) veth ports, whole process", rounds) {
      try time(program, ["list-links"], in: namespace)
    }
  }

  /// What a program that is running already waits for.
  func inProcess(rounds: Int) throws -> Row {
    try comparison("dump \(Self.ports) veth ports, in process", rounds) {
      try ContinuousClock().measure {
        let count = try connection.links().count
        guard count == Self.ports + 3 else { throw ProgramFailure(program: "links", status: Int32(count)) }
      }
    }
  }

  private func comparison(_ name: String, _ rounds: Int, _ ours: () throws -> Duration) throws -> Row {
    let ip = try find("ip", package: "iproute2")
    return try Comparison(name, bar: .ratio(1), rounds: rounds)
      .run(ours: ours, peer: { try time(ip, ["-d", "-s", "link", "show"], in: namespace) })
  }
}
