import Foundation
import NetworkTypes
import Observation
import Testing

@testable import Sensing

/// What the script printed of a lab is read. `Fixtures/collector.txt` says how it was recorded.
@Suite struct CollectorOutputTests {
  private func recorded() throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Fixtures/collector.txt"), encoding: .utf8)
  }

  private func snapshot() throws -> Snapshot { try CollectorOutput.snapshot(Array(try recorded().utf8)) }

  @Test func `what a lab's host printed becomes a snapshot`() throws {
    let snapshot = try snapshot()
    #expect(snapshot.origin.tool == "kingpost collector 1")
    #expect(snapshot.origin.privileges == "root")
    #expect(snapshot.namespaces.map(\.role) == [.machine, .container])
    let machine = snapshot.namespaces[0]
    let bridge = try #require(machine.links.value?.first { $0.name == "br0" })
    #expect(bridge.kind == "bridge")
    #expect(bridge.addressAssignment == .value(.random))
    #expect(bridge.bridge?["stp_state"] == "0")
    #expect(bridge.bridge?["forward_delay"] == "1500")
    #expect(bridge.bridge?["gc_timer"] == nil)
    #expect(bridge.isUp)
    let port = try #require(machine.links.value?.first { $0.name == "vethb" })
    #expect(port.kind == "veth")
    #expect(port.master == bridge.index)
    #expect(port.port?["state"] == "3")
    #expect(port.peer?.namespace == snapshot.namespaces[1].id)
    #expect(port.statistics["rx_otherhost_dropped"] != nil)
    #expect(machine.addresses.value?.contains { "\($0.prefix)" == "172.30.0.1/24" } == true)
  }

  @Test func `what an adapter counted is one of its statistics`() throws {
    let counted = "@ adapters\n|br0 linklocal_allowance_exceeded 12\n|br0 x\n|gone a 1\n@ nftables\n"
    let text = try recorded().replacing("@ nftables\n", with: counted, maxReplacements: 1)
    let links = try CollectorOutput.snapshot(Array(text.utf8)).namespaces[0].links.value
    let bridge = try #require(links?.first { $0.name == "br0" })
    #expect(bridge.statistics["linklocal_allowance_exceeded"] == 12)
    #expect(links?.filter { $0.statistics["linklocal_allowance_exceeded"] != nil }.count == 1)
  }

  @Test func `routes, rules and settings are those of the lab`() throws {
    let machine = try snapshot().namespaces[0]
    let routes = try #require(machine.routes.value)
    let ways = try #require(routes.first { "\($0.destination)" == "10.8.0.0/16" })
    #expect(ways.hops.map(\.weight) == [2, 1])
    #expect(routes.contains { $0.type == "unreachable" && "\($0.destination)" == "10.9.0.0/16" })
    #expect(routes.contains { $0.origin == "kernel" && "\($0.destination)" == "172.30.0.0/24" })
    #expect(!routes.contains { $0.table == 255 && $0.origin == "kernel" })
    let rule = try #require(machine.rules.value?.first { $0.priority == 50 })
    #expect((rule.mark, rule.markMask, rule.table) == (1, .max, 100))
    #expect(machine.settings["net.ipv4.ip_forward"] == .value("0"))
    #expect(machine.settings["net.ipv4.conf.br0.rp_filter"] == .value("0"))
    #expect(machine.nftables.value?.contains("policy drop") == true)
    #expect(machine.legacyTables["iptables"] == .absent)
    #expect(machine.counters.value?["Ip.InReceives"] != nil)
  }

  @Test func `the container is seen from inside`() throws {
    let container = try snapshot().namespaces[1]
    #expect(container.processes.first?.name == "sleep")
    #expect(container.name.hasPrefix("pid "))
    let link = try #require(container.links.value?.first { $0.name == "eth0" })
    #expect(link.addressAssignment == .value(.random))
    #expect(container.routes.value?.contains { $0.destination.length == 0 } == true)
  }

  @Test func `what the collector doesn't see is said`() throws {
    let snapshot = try snapshot()
    #expect(!snapshot.origin.complete)
    #expect(snapshot.origin.blindSpots.contains { $0.contains("Podman") })
    // An iproute2 that is too old for the counter.
    let old = try recorded().replacing(/iproute2-[0-9.]+/, with: "iproute2-5.10.0")
    let blind = try CollectorOutput.snapshot(Array(old.utf8))
    #expect(blind.origin.blindSpots.contains { $0.contains("rx_otherhost_dropped") })
    let ports = try #require(blind.namespaces[0].links.value).filter { $0.kind == "veth" }
    #expect(ports.allSatisfy { $0.statistics["rx_otherhost_dropped"] == nil })
  }

  @Test func `managers' files are read as the live machine's are`() throws {
    let files = """
      @ managed /etc/network/interfaces
      |auto br-ci
      |iface br-ci inet static
      |    address 172.30.0.1/24
      |    bridge_ports none
      @ managed /etc/sysctl.d/99-x.conf
      |net.ipv4.ip_forward = 0
      @ managed /etc/systemd/network/99-default.link
      ! link: /dev/null
      @ managed /usr/lib/systemd/network/99-default.link
      |[Match]
      |OriginalName=*
      |[Link]
      |MACAddressPolicy=persistent
      @ processes
      """
    let text = try recorded().replacing("@ processes", with: files, maxReplacements: 1)
    let management = try CollectorOutput.snapshot(Array(text.utf8)).management
    #expect(management.managers == .value([.ifupdown]))
    #expect(management.interfaces.value?.contains { $0.name == "br-ci" && $0.manager == .ifupdown } == true)
    let boot = try #require(management.bootSettings.value?.first)
    #expect((boot.name, boot.value, boot.file) == ("net.ipv4.ip_forward", "0", "/etc/sysctl.d/99-x.conf"))
    #expect(management.linkPolicies.value?.isEmpty == true)
    #expect(management.resolverFiles["/etc/resolv.conf"]?.value?.contains("192.0.2.53") == true)
  }

  @Test func `a host without a new iproute2 is read from sysfs`() throws {
    let lines = try recorded().split(separator: "\n", omittingEmptySubsequences: false)
    var kept: [Substring] = []
    var section = ""
    for line in lines {
      if line.hasPrefix("@") { section = String(line.dropFirst(2)) }
      let isTold = ["links", "addresses", "forwarding"].contains(section)
      if isTold, line.hasPrefix("|") { continue }
      kept.append(line)
      if isTold, line.hasPrefix("@") { kept.append("! unreadable: ip: Option \"-j\" is unknown") }
    }
    let snapshot = try CollectorOutput.snapshot(Array(kept.joined(separator: "\n").utf8))
    let machine = snapshot.namespaces[0]
    let port = try #require(machine.links.value?.first { $0.name == "vethb" })
    #expect(port.kind == "veth")
    #expect(port.peer?.namespace == snapshot.namespaces[1].id)
    #expect(machine.links.value?.first { $0.name == "br0" }?.addressAssignment == .value(.random))
    #expect(machine.addresses.value == nil)
    #expect(snapshot.origin.blindSpots.contains { $0.contains("addresses") })
  }

  @Test func `a text that ends anywhere is an error, and none is a trap`() throws {
    let text = Array(try recorded().utf8)
    for length in stride(from: 0, to: text.count - 6, by: max(1, text.count / 200)) {
      #expect(throws: CollectorError.self) { try CollectorOutput.snapshot(Array(text[..<length])) }
    }
  }

  @Test func `bytes that were changed are an error or other values`() throws {
    let text = Array(try recorded().utf8)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      var changed = text
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        let position = Int.random(in: 21..<changed.count, using: &generator)
        changed[position] = UInt8.random(in: .min ... .max, using: &generator)
      }
      if let snapshot = try? CollectorOutput.snapshot(changed) { #expect(!snapshot.origin.tool.isEmpty) }
    }
  }
}
