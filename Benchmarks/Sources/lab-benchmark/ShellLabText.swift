import Lab
import NetworkTypes

/// The text of the script.
struct ShellLabText {
  private let plans: [HostPlan]

  init(_ plans: [HostPlan]) { self.plans = plans }

  var lines: [String] {
    head + upstream + plans.flatMap(host)
      + plans.flatMap { plan in plan.containers.flatMap { container($0, of: plan) } }
      + otherEnds + ["echo up >&2"] + plans.flatMap(check)
  }

  private var head: [String] {
    let names =
      ["upstream"] + plans.flatMap { plan in [name(plan)] + plan.containers.map { name($0, of: plan) } }
    return ["PATH=$PATH:/usr/sbin:/sbin", "mount -t tmpfs none /run", "mkdir /run/netns"]
      + batch("ip -batch -", names.map { "netns add \($0)" })
      + ["cat >/run/rules <<'RULES'", plans[0].ruleset, "RULES"]
  }

  private var upstream: [String] {
    let settings = [
      Setting("net.ipv4.conf.all.rp_filter", "0"), Setting("net.ipv4.conf.default.rp_filter", "0"),
      Setting("net.ipv6.conf.default.accept_ra", "0"),
    ]
    return within(
      "upstream",
      settings,
      "ip -batch -",
      ["link set dev lo up"] + Topology.resolverAddresses.map { "address add \($0) dev lo" }
    )
  }

  private func host(_ plan: HostPlan) -> [String] {
    let (uplink, bridge) = (plan.uplink, plan.bridge)
    var lines = [
      "link set dev lo up",
      "link add \(uplink.name) type veth peer name \(uplink.peerName) netns upstream",
    ]
    lines += uplink.addresses.map { add($0, to: uplink.name) }
    lines.append("link set dev \(uplink.name) up")
    lines += uplink.gateways.map { "route add default via \($0.address) dev \(uplink.name)" }
    lines.append("link add \(bridge.name)\(bridge.address.map { " address \($0)" } ?? "") type bridge")
    lines += bridge.gateways.map { add($0, to: bridge.name) }
    lines.append("link set dev \(bridge.name) up")
    for container in plan.containers {
      lines.append(
        "link add \(container.portName) address \(container.portAddress) type veth"
          + " peer name eth0 address \(container.address) netns \(name(container, of: plan))"
      )
      lines.append("link set dev \(container.portName) master \(bridge.name) up")
    }
    return within(name(plan), plan.settings, "ip -batch -; nft -f /run/rules", lines)
  }

  private func container(_ container: ContainerPlan, of plan: HostPlan) -> [String] {
    // The interface is there already, so that its own settings are what counts.
    let settings = [
      Setting("net.ipv6.conf.eth0.accept_ra", "0"), Setting("net.ipv4.conf.eth0.arp_notify", "0"),
    ]
    let lines =
      container.addresses.map { add($0, to: "eth0") } + ["link set dev eth0 up"]
      + plan.bridge.gateways.map { "route add default via \($0.address) dev eth0" }
    return within(name(container, of: plan), settings, "exec ip -batch -", lines)
  }

  /// The other ends of the uplinks, in one batch.
  private var otherEnds: [String] {
    let lines = plans.flatMap { plan in
      ["link set dev \(plan.uplink.peerName) up"]
        + plan.uplink.gateways.map { add($0, to: plan.uplink.peerName) }
    }
    return batch("ip -n upstream -batch -", lines)
  }

  /// That the script has built what the lab builds: a host's links and rules, a container's addresses.
  private func check(_ plan: HostPlan) -> [String] {
    let links = plan.containers.count + 3
    let addresses = plan.containers.map { ($0.addresses.count, name($0, of: plan)) }
    return [
      "[ \"$(ip -n \(name(plan)) -o link show | wc -l)\" = \(links) ]",
      "nsenter --net=/run/netns/\(name(plan)) nft list chain inet nat postrouting >/dev/null",
    ]
      + addresses.map { count, name in
        "[ \"$(ip -n \(name) -o address show dev eth0 scope global | wc -l)\" = \(count) ]"
      }
  }

  private func within(
    _ namespace: String,
    _ settings: [Setting],
    _ command: String,
    _ lines: [String]
  ) -> [String] {
    let writes = settings.map { setting in
      let path = "/proc/sys/" + setting.name.map { $0 == "." ? "/" : String($0) }.joined()
      return setting.isOptional
        ? "if [ -e \(path) ]; then echo \(setting.value) >\(path); fi" : "echo \(setting.value) >\(path)"
    }
    let body = (writes + [command]).joined(separator: "\n")
    return batch("nsenter --net=/run/netns/\(namespace) sh -ec '\(body)'", lines)
  }

  private func batch(_ command: String, _ lines: [String]) -> [String] {
    [command + " <<'BATCH'"] + lines + ["BATCH"]
  }

  private func add(_ prefix: IPPrefix, to interface: String) -> String {
    "address add \(prefix) dev \(interface)" + (prefix.address.family == .v6 ? " nodad" : "")
  }

  private func name(_ plan: HostPlan) -> String { "host\(plan.number)" }

  private func name(_ container: ContainerPlan, of plan: HostPlan) -> String {
    "host\(plan.number)-\(container.name)"
  }
}
