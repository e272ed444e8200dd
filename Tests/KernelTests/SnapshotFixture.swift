import FoundationEssentials
import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Observation
import Sensing
import Testing

/// A host with a bridge and two containers, for snapshots.
struct SnapshotFixture {
  let host: NetworkNamespace
  let containers: [NetworkNamespace]

  /// Makes the namespaces: on the bridge br0 (172.30.0.1/24) the ports v0 and v1, behind which are the containers'
  /// eth0 (172.30.0.2 and .3).
  init() throws {
    host = try NetworkNamespace.make()
    containers = [try NetworkNamespace.make(), try NetworkNamespace.make()]
    try Fixture.ip("link add name br0 address 02:00:00:00:00:50 type bridge", in: host)
    try Fixture.ip("link set dev br0 up", in: host)
    try Fixture.ip("address add 172.30.0.1/24 dev br0", in: host)
    let connection = try NetlinkConnection(in: host)
    let bridge = try connection.link(named: "br0").index
    for (number, container) in containers.enumerated() {
      let peer = NewPeer(name: "eth0", namespace: container, isUp: true)
      _ = try connection.createLink(
        NewLink(name: "v\(number)", kind: .veth(peer: peer), isUp: true, master: bridge)
      )
      for command in [
        "link set dev lo up", "address add 172.30.0.\(number + 2)/24 dev eth0",
        "route add default via 172.30.0.1",
      ] { try Fixture.ip(command, in: container) }
    }
    try Fixture.untilUp(["br0", "v0", "v1"], in: host)
  }

  /// The namespaces as they are sensed.
  var targets: [SensedNamespace] {
    [SensedNamespace(host, role: .machine, name: "host")]
      + containers.enumerated().map { SensedNamespace($1, role: .container, name: "container \($0)") }
  }

  /// A snapshot of all.
  func sense() throws -> Snapshot { try SnapshotSensor.sense(targets, tool: "test", privileges: "root") }

  /// What a program prints, run inside a namespace.
  static func output(_ command: String, in namespace: NetworkNamespace) throws -> String {
    let words = command.split(separator: " ").map(String.init)
    let path = try #require(Program.find(words[0]), "\(words[0]) is not installed")
    return try namespace.perform {
      try ProgramOutput.read(path, Array(words.dropFirst()), timeout: .seconds(10), limit: 1 << 24)
    }
  }

  /// What a program prints as JSON, run inside a namespace.
  static func json<Value: Decodable>(
    _ command: String,
    in namespace: NetworkNamespace,
    as type: Value.Type = Value.self
  ) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(output(command, in: namespace).utf8))
  }
}
