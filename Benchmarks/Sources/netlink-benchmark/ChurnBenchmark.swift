import Glibc
import LinuxSystem
import Measuring
import Netlink
import NetlinkCodec
import NetworkTypes

/// Veth pairs that are made, join a bridge, leave it and go.
struct ChurnBenchmark {
  static let pairs = 40
  let namespace: NetworkNamespace
  let connection: NetlinkConnection
  let bridge: InterfaceIndex

  init() throws {
    namespace = try NetworkNamespace.make()
    connection = try NetlinkConnection(in: namespace)
    bridge = try connection.createLink(NewLink(name: "br0", kind: .bridge(), isUp: true))
  }

  /// Each request waits for the one before it. Nearly all of the time is the kernel's, which waits for all
  /// its processors at each deletion, so a ratio of 1 is what can be had.
  func oneByOne(rounds: Int) throws -> Row {
    let ip = try find("ip", package: "iproute2")
    let lines = (0..<Self.pairs).flatMap { number in
      [
        "link add name a\(number) type veth peer name b\(number)", "link set dev a\(number) master br0",
        "link set dev a\(number) nomaster", "link delete dev a\(number)",
      ]
    }
    let batch = try writeFile("churn", lines)
    defer { unsafe unlink(batch) }
    return try Comparison(
      "create, attach, detach, delete \(Self.pairs) veth pairs",
      bar: .ratio(0.95),
      rounds: rounds
    ).run(
      ours: {
        try ContinuousClock().measure {
          for number in 0..<Self.pairs {
            let index = try connection.createLink(
              NewLink(name: "a\(number)", kind: .veth(peer: NewPeer(name: "b\(number)")))
            )
            try connection.changeLink(index, LinkChange(master: .join(bridge)))
            try connection.changeLink(index, LinkChange(master: .leave))
            try connection.deleteLink(index)
          }
        }
      },
      peer: { try time(ip, ["-batch", batch], in: namespace) }
    )
  }

  /// All at once, as a group of their own.
  func batchedDeletion(rounds: Int) throws -> Row {
    let ip = try find("ip", package: "iproute2")
    let count = Self.pairs * 5
    let batch = try writeFile("delete", (0..<count).map { "link delete dev a\($0)" })
    defer { unsafe unlink(batch) }
    func create() throws -> [InterfaceIndex] {
      try connection.createLinks(
        (0..<count).map { number in
          NewLink(
            name: "a\(number)",
            kind: .veth(peer: NewPeer(name: "b\(number)", isUp: true)),
            isUp: true,
            master: bridge
          )
        }
      )
    }
    return try Comparison(
      "delete \(count) veth ports at once",
      bar: .ratio(10),
      rounds: rounds
    ).run(
      ours: {
        let indexes = try create()
        return try ContinuousClock().measure { try connection.deleteLinks(indexes) }
      },
      peer: {
        _ = try create()
        return try time(ip, ["-batch", batch], in: namespace)
      }
    )
  }
}
