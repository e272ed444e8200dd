import Docker
import NetworkTypes
import Testing

@Suite struct DockerEngineTests {
  @Test func `a recorded engine's version is read from its headers and from its answer`() throws {
    let fake = try Recorded.engine()
    let engine = try DockerEngine(socket: fake.path)
    #expect(try engine.ping().version == "20.10.24+dfsg1")
    #expect(try engine.ping().program == "Docker")
    #expect(try engine.ping().apiVersion == APIVersion(1, 41))
    let version = try engine.version()
    #expect(version.version == "20.10.24+dfsg1")
    #expect(version.oldestAPIVersion == "1.12")
    #expect(fake.requests == ["/_ping", "/v1.41/version"])
  }

  @Test func `a recorded engine's networks are read with their subnets and options`() throws {
    let fake = try Recorded.engine()
    let networks = try DockerEngine(socket: fake.path).networks()
    #expect(networks.map(\.name) == ["none", "host", "bridge", "inner", "six"])
    let usual = networks[2]
    #expect(usual.driver == "bridge")
    #expect(usual.options["com.docker.network.bridge.name"] == "docker0")
    #expect(usual.pools.map(\.subnet) == [IPPrefix("172.17.0.0/16")])
    #expect(usual.pools.map(\.gateway) == [nil])
    let inner = networks[3]
    #expect(inner.isInternal)
    #expect(inner.pools.map(\.range) == [IPPrefix("172.30.0.128/25")])
    #expect(inner.pools.map(\.gateway) == [IPAddress("172.30.0.1")])
    #expect(networks[4].pools.map(\.subnet) == [IPPrefix("172.31.0.0/24"), IPPrefix("fd00:31::/64")])
  }

  @Test func `a recorded engine's containers are read, and nothing secret with them`() throws {
    let fake = try Recorded.engine()
    let engine = try DockerEngine(socket: fake.path)
    let containers = try engine.containers()
    #expect(containers.map(\.name) == ["shared", "hosty", "sixty", "two", "controller"])
    #expect(containers[0].networkMode.hasPrefix("container:"))
    #expect(containers[1].networkMode == "host")
    let sixty = containers[2].endpoints
    #expect(sixty.map(\.network) == ["six"])
    #expect(sixty[0].addresses == [IPPrefix("172.31.0.2/24"), IPPrefix("fd00:31::2/64")])
    #expect(sixty[0].linkAddress == MACAddress("02:42:ac:1f:00:02"))
    let controller = containers[4]
    #expect(controller.ports.map(\.published) == [5353, 5353, 8080, 8080])
    let state = try #require(try engine.container("controller"))
    #expect(state.pid > 1)
    #expect(state.dns == ["10.9.9.9"])
    #expect(state.started?.hasPrefix("2026-") == true)
    #expect(!"\(containers) \(state)".contains("hunter2"))
  }

  @Test func `a recorded engine's own account of itself is read`() throws {
    let fake = try Recorded.engine()
    let information = try DockerEngine(socket: fake.path).information()
    #expect(information.version == "20.10.24+dfsg1")
    #expect(information.dataRoot == "/tmp/engines/a/data")
    #expect(information.forwardsIPv4)
    #expect(information.filtersBridgedIPv4 == true)
    #expect(!information.isRootless)
    #expect(!information.keepsContainersAlive)
    #expect(information.firewall == nil)
  }

  @Test func `a container that is gone is none, and no error`() throws {
    let fake = try Recorded.engine()
    let gone = try DockerEngine(socket: fake.path).container("nosuch")
    #expect(gone == nil)
  }

  @Test func `an engine that knows more than we do is asked for what we know`() throws {
    let fake = try FakeEngine { target in
      let body = target == "/_ping" ? "OK" : "[]"
      return [.send(Answer.ok(body, api: "1.55"))]
    }
    let networks = try DockerEngine(socket: fake.path).networks()
    #expect(networks.isEmpty)
    #expect(fake.requests == ["/_ping", "/v\(DockerEngine.newestKnownAPI)/networks"])
  }

  @Test func `several requests share a connection, in pieces as small as they come`() throws {
    let fake = try FakeEngine { _ in Answer.ok("[]", api: "1.41").map { .send([$0]) } }
    let engine = try DockerEngine(socket: fake.path)
    for _ in 0..<3 { #expect(try engine.networks().isEmpty) }
    #expect(fake.requests == ["/_ping", "/v1.41/networks", "/v1.41/networks", "/v1.41/networks"])
  }

  @Test func `keys that nobody knows yet are passed over`() throws {
    let body =
      #"[{"Id":"a","Name":"n","Driver":"bridge","Future":{"x":[1]},"IPAM":{"Config":null},"Options":null}]"#
    let fake = try FakeEngine { _ in [.send(Answer.ok(body, api: "1.41"))] }
    let networks = try DockerEngine(socket: fake.path).networks()
    #expect(networks.map(\.name) == ["n"])
    #expect(networks[0].pools.isEmpty)
  }
}

/// Made-up answers.
enum Answer {
  static func ok(_ body: String, api: String) -> [UInt8] {
    let head = "HTTP/1.1 200 OK\r\nApi-Version: \(api)\r\nServer: Docker/99.1 (linux)\r\n"
    return Array((head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body).utf8)
  }
}
