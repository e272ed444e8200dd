import Observation
import Testing

@testable import Sensing

@Suite struct CollectedEngineTests {
  private func engine(_ text: String) throws -> EngineSnapshot {
    let sections = try CollectorSections("KINGPOST-COLLECTOR 1\n\(text)@ end\n").all
    let processes = CollectedProcesses(
      CollectedParts(
        try CollectorSections(
          "KINGPOST-COLLECTOR 1\n@ ticks\n|100\n@ processes\n|7 500 dockerd\n@ memberships\n|7 42\n@ end\n"
        ).all
      )
    )
    return CollectedEngine.engine(7, CollectedParts(sections), processes)
  }

  // In the form that docker 28.2.2 printed with the script's formats, of a daemon with one network and one container.
  private let networks = """
    @ engine_networks
    |{"id":"e5cf9f6bd2d3a14f0a35e9f8f06ff04efa5ca8b3c7a1a3a33c9f2f5fbd1c0a11","name":"bridge","driver":"bridge","internal":false,"pools":[{"Subnet":"172.17.0.0/16","Gateway":"172.17.0.1"}],"options":{"com.docker.network.bridge.default_bridge":"true","com.docker.network.bridge.name":"docker0","secret":"x"}}

    """
  private let containers = """
    @ engine_containers
    |{"id":"c0ffee","name":"/build","pid":7,"started":"2026-11-23T04:05:06Z","mode":"bridge","dns":["192.0.2.53"],"networks":{"bridge":{"IPAddress":"172.17.0.2","IPPrefixLen":16,"Gateway":"172.17.0.1","MacAddress":"02:42:ac:11:00:02","GlobalIPv6Address":"","GlobalIPv6PrefixLen":0}},"ports":{"53/udp":[{"HostIp":"0.0.0.0","HostPort":"53"}],"80/tcp":null}}

    """

  @Test func `what docker says becomes an engine`() throws {
    let engine = try engine(
      "@ engine_flags\n|bridge br-ci\n|iptables false\n|host unix:///run/docker2.sock\n"
        + "@ engine_configuration\n|bridge \"docker0\"\n|mtu 1400\n|dns [\"192.0.2.53\"]\n|token \"secret\"\n"
        + "@ engine_configuration_file\n|/etc/docker/daemon.json\n@ engine_socket\n|/run/docker2.sock\n"
        + "@ engine_version\n|28.2.2\n" + networks + containers
    )
    #expect(engine.id == "docker:/run/docker2.sock")
    #expect(engine.namespace == "42")
    #expect(engine.process?.started == 5)
    #expect(engine.version == .value("28.2.2"))
    let settings = ["bridge": "\"br-ci\"", "iptables": "false", "mtu": "1400", "dns": "[\"192.0.2.53\"]"]
    #expect(engine.settings == .value(settings))
    let network = try #require(engine.networks.value?.first)
    #expect((network.bridge, network.isDefault, network.pools.count) == ("docker0", true, 1))
    #expect(network.options["secret"] == nil)
    let container = try #require(engine.containers.value?.first)
    #expect((container.name, container.namespace, container.publishedPorts) == ("build", "42", ["udp/53"]))
    #expect(container.endpoints.first?.addresses.map { "\($0)" } == ["172.17.0.2/16"])
  }

  @Test func `a daemon that didn't answer is unreadable, and so is what isn't known`() throws {
    let silent = try engine(
      "@ engine_socket\n|/run/docker.sock\n@ engine_version\n! unreadable: docker: timed out\n"
        + "@ engine_networks\n|nonsense\n@ engine_containers\n! unreadable: the daemon did not answer\n"
    )
    #expect(silent.version == .unreadable(reason: "docker: timed out"))
    #expect(silent.networks.value == nil)
    #expect(silent.containers == .unreadable(reason: "the daemon did not answer"))
  }
}
