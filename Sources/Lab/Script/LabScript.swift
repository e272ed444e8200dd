public import NetworkTypes
internal import Statistics

/// A shell script that shows a fault without Kingpost: to read, to run, to send to a mailing list.
///
/// It is made from the same plans and actions as the lab, and needs ip, nft, sysctl, dnsmasq and dig, for some cures conntrack.
/// Everything it makes lives in namespaces that end with it, however it ends.
public enum LabScript {
  /// The script for a fault's first form.
  public static func text(for fault: Fault, family: IPFamily) -> String {
    var generator = SeededGenerator(seed: 1)
    var plan = fault.topology.host(0, using: &generator)
    fault.ground(&plan)
    fault.shape(&plan)
    let writer = ScriptWriter(fault: fault, family: family, plan: plan, generator: generator)
    return writer.script()
  }
}

/// Writes one script.
struct ScriptWriter {
  let fault: Fault
  let family: IPFamily
  let plan: HostPlan
  let generator: SeededGenerator

  private var part: Fault.Part { fault.parts[0] }
  private var server: IPAddress {
    fault.topology.resolverAddress(family, in: plan) ?? Topology.resolverAddresses[0]
  }

  func script() -> String {
    [head, functions, upstream, host, containers, resolver, course].joined(separator: "\n") + "\n"
  }

  private var whereResolverIs: String {
    switch fault.topology.resolver {
    case .upstream: "upstream"
    case .container: "on the bridge"
    case .host: "on the host"
    }
  }

  /// Whether the cure forgets tracked connections, for which nft(8) and ip(8) have no command.
  private var forgetsFlows: Bool {
    fault.cure(plan, family).contains { if case .forgetDatagrams = $0 { true } else { false } }
  }

  private var head: String {
    """
    #!/bin/sh
    # \(fault.id): \(fault.text.title).
    # One small container host in network namespaces: \(plan.containers.map(\.name).joined(separator: ", ")) on \
    \(plan.bridge.name), a resolver \(whereResolverIs).
    # Any user may run it. Nothing outside its own namespaces is touched, and nothing stays.
    set -u

    for tool in ip nft sysctl dnsmasq dig unshare\(forgetsFlows ? " conntrack" : ""); do
      if ! PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null; then
        echo "missing: $tool (Debian: apt-get install iproute2 nftables procps dnsmasq-base bind9-dnsutils\
    \(forgetsFlows ? " conntrack" : ""))" >&2
        exit 77
      fi
    done
    if [ "${1:-}" != inside ]; then
      if [ ! -f "$0" ]; then
        echo "save this script to a file, and run that: sh FILE" >&2
        exit 64
      fi
      # A network, mount and process namespace of its own: whatever ends the script ends everything in it.
      as_root=; [ "$(id -u)" = 0 ] || as_root=--map-root-user
      exec unshare $as_root --net --mount --pid --fork --kill-child --mount-proc sh "$0" inside
    fi
    PATH=$PATH:/usr/sbin:/sbin
    mount -t tmpfs none /run && mkdir -p /run/netns || exit 77

    """
  }

  private var functions: String {
    """
    on() {   # on NAMESPACE [COMMAND]: without a command, standard input is one
      ns=$1; shift
      if [ $# = 0 ]; then ip netns exec "$ns" sh; else ip netns exec "$ns" sh -c "$*"; fi
    }
    new() { ip netns add "$1" && ip -n "$1" link set dev lo up; }
    container() {   # container NAME PORT PORT-MAC MAC ADDRESS...
      name=$1 port=$2 port_mac=$3 mac=$4; shift 4
      new "$name"
      on "$name" "sysctl -qw net.ipv6.conf.default.accept_ra=0"
      ip -n host link add "$port" address "$port_mac" type veth peer name eth0 address "$mac" netns "$name"
      for address in "$@"; do ip -n "$name" address add "$address" dev eth0 $(nodad "$address"); done
      ip -n "$name" link set dev eth0 up
      ip -n host link set dev "$port" master \(plan.bridge.name) up
    \(plan.bridge.gateways.map { "  ip -n \"$name\" route add default via \($0.address)" }.joined(separator: "\n"))
    }
    nodad() { case $1 in *:*) echo nodad ;; esac; }
    lookup() {   # lookup NAMESPACE NAME
      on "$1" "dig +short +tries=1 +time=1 @\(server) $2.kingpost.test \(family == .v4 ? "A" : "AAAA")" \\
        2>/dev/null | grep -q '^[0-9a-f]'
    }
    ask() {   # ask NAMESPACE COUNT: prints a line each, counts the answered in $answered
      answered=0 count=0
      while [ $count -lt "$2" ]; do
        count=$((count + 1))
        if lookup "$1" "n$count-$$"; then answered=$((answered + 1)); echo "  $1: answered"
        else echo "  $1: NO ANSWER"; fi
      done
    }
    show() {
      echo "  \(plan.bridge.name): $(on host cat /sys/class/net/\(plan.bridge.name)/address)"
      for name in $(ip netns list | cut -d' ' -f1 | grep -v -e upstream -e host); do
        ip -n "$name" neigh show | sed "s/^/  $name: /"
      done
    }

    """
  }

  private var upstream: String {
    let addresses = Topology.resolverAddresses.map { "ip -n upstream address add \($0) dev lo" }
    return (["new upstream"] + addresses + [""]).joined(separator: "\n")
  }

  private var host: String {
    var lines = ["new host"]
    lines += plan.settings.map { "on host sysctl -\($0.isOptional ? "e" : "")qw \($0.name)=\($0.value)" }
    lines.append(
      "ip -n host link add \(plan.uplink.name) type veth peer name \(plan.uplink.peerName) netns upstream"
    )
    lines += plan.uplink.addresses.map {
      "ip -n host address add \($0) dev \(plan.uplink.name) $(nodad \($0))"
    }
    lines += plan.uplink.gateways.map {
      "ip -n upstream address add \($0) dev \(plan.uplink.peerName) $(nodad \($0))"
    }
    lines += [
      "ip -n host link set dev \(plan.uplink.name) up",
      "ip -n upstream link set dev \(plan.uplink.peerName) up",
    ]
    lines += plan.uplink.gateways.map { "ip -n host route add default via \($0.address)" }
    let address = plan.bridge.address.map { " address \($0)" } ?? ""
    lines.append("ip -n host link add \(plan.bridge.name)\(address) type bridge")
    lines += plan.bridge.gateways.map {
      "ip -n host address add \($0) dev \(plan.bridge.name) $(nodad \($0))"
    }
    lines.append("ip -n host link set dev \(plan.bridge.name) up")
    lines += ["on host nft -f - <<'RULES'", plan.ruleset, "RULES", ""]
    return lines.joined(separator: "\n")
  }

  private var containers: String {
    (plan.containers.map(Self.container) + plan.preparation.map(Self.line) + [""]).joined(separator: "\n")
  }

  private static func container(_ plan: ContainerPlan) -> String {
    let addresses = plan.addresses.map(\.description).joined(separator: " ")
    return "container \(plan.name) \(plan.portName) \(plan.portAddress) \(plan.address) \(addresses)"
  }

  private var resolver: String {
    let place: String =
      switch fault.topology.resolver {
      case .upstream: "upstream"
      case .container(let name): name
      case .host: "host"
      }
    let answer = family == .v4 ? "192.0.2.1" : "2001:db8::1"
    return """
      ip netns exec \(place) dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --pid-file= \\
        --bind-interfaces --listen-address=\(server) \\
        --address=/kingpost.test/\(answer) >/run/dnsmasq.log 2>&1 &
      tries=0
      until lookup build ready; do
        tries=$((tries + 1))
        if [ $tries -gt 20 ]; then echo "the lab's resolver doesn't answer:" >&2; cat /run/dnsmasq.log >&2; exit 2; fi
        sleep 0.2
      done

      """
  }

  private var course: String {
    var generator = generator
    let asker = part.askers.last ?? "build"
    var lines = fault.onset == .beforehand ? fault.apply(plan, family).map(Self.line) : []
    // Who will ask later knows its gateway by then, and the host knows it.
    for name in part.askers where name != "build" && plan.container(name) != nil {
      lines.append("lookup \(name) first")
    }
    lines += ["echo 'Before:'", "show", "ask build 5", "before=$answered", ""]
    lines.append("echo \"The change: \(part.summary)\"")
    lines += part.disturbance(plan, &generator).map(Self.line)
    if fault.onset == .atTheChange { lines += fault.apply(plan, family).map(Self.line) }
    for talker in part.talkers {
      lines.append("( for i in 1 2 3 4 5 6 7 8 9 10; do lookup \(talker) t$i; sleep 0.5; done ) &")
      lines.append("lookup \(talker) first")
    }
    lines += ["", "echo 'After:'", "ask \(asker) 5", "after=$answered", "show", "", "echo 'Cure:'"]
    for action in fault.cure(plan, family) {
      lines += ["cat <<'COMMAND'", "  " + action.command, "COMMAND", Self.line(action)]
    }
    lines += [
      "lookup \(asker) settle   # an ARP request that was lost is repeated after a second", "ask \(asker) 5",
      "cured=$answered", "",
      "echo \"answered: $before of 5 before, $after of 5 after the change, $cured of 5 after the cure\"",
      "[ $before = 5 ] && [ $after -lt 5 ] && [ $cured = 5 ]",
    ]
    return lines.joined(separator: "\n")
  }

  /// What an action is in the script: its command, in the namespace that it is for.
  private static func line(_ action: Action) -> String {
    if case .join(let plan) = action { return container(plan) }
    return "on \(action.container ?? "host") <<'DO'\n\(action.bareCommand)\nDO"
  }
}
