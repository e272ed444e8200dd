import Glibc
import LinuxSystem
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

  func run(rounds: Int) throws -> Bool {
    let single = try runOneByOne(rounds: rounds)
    let batched = try runBatchedDeletion(rounds: rounds)
    return single && batched
  }

  private func runOneByOne(rounds: Int) throws -> Bool {
    let ip = try findIP()
    let lines = (0..<Self.pairs).flatMap { number in
      [
        "link add name a\(number) type veth peer name b\(number)", "link set dev a\(number) master br0",
        "link set dev a\(number) nomaster", "link delete dev a\(number)",
      ]
    }
    let batch = try writeBatch("churn", lines)
    defer { unsafe unlink(batch) }
    return try Comparison(
      name: "create, attach, detach and delete of \(Self.pairs) veth pairs, one by one, against ip -batch",
      bar: 0.95,
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

  private func runBatchedDeletion(rounds: Int) throws -> Bool {
    let ip = try findIP()
    let count = Self.pairs * 5
    let batch = try writeBatch("delete", (0..<count).map { "link delete dev a\($0)" })
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
      name: "deletion of \(count) veth ports at once, against ip -batch",
      bar: 10,
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
