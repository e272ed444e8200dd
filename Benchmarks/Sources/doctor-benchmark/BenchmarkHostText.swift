/// The script that makes a host. It is the first process of its process namespace, so that nothing else of the
/// machine is seen from in there.
struct BenchmarkHostText {
  private let size: HostSize

  init(_ size: HostSize) { self.size = size }

  var lines: [String] { head + network + containers + ports + rules + processes + tail }

  private var head: [String] {
    [
      "PATH=$PATH:/usr/sbin:/sbin",
      // Namespaces that the machine has mounted are none of this host's.
      "for place in $(grep ' net:\\[' /proc/self/mountinfo | cut -d ' ' -f 5); do umount -l \"$place\"; done",
      "mount -t tmpfs none /run",
      "mkdir /run/netns",
      "echo 1 >/proc/sys/net/ipv4/ip_forward",
    ]
      + batch("ip -batch -", (names + ["upstream", "far"]).map { "netns add \($0)" })
  }

  private var names: [String] { (1...size.containers).map { "container\($0)" } }

  private var network: [String] {
    batch(
      "ip -batch -",
      [
        "link set dev lo up",
        "link add uplink0 type veth peer name eth0 netns upstream",
        "address add 192.0.2.2/24 dev uplink0",
        "link set dev uplink0 up",
        "route add default via 192.0.2.1 dev uplink0",
        "link add br0 address 02:00:ac:1e:00:01 type bridge",
        "address add 172.30.0.1/16 dev br0",
        "link set dev br0 up",
      ]
    ) + batch("ip -n upstream -batch -", ["address add 192.0.2.1/24 dev eth0", "link set dev eth0 up"])
  }

  private var containers: [String] {
    names.enumerated().flatMap { number, name in
      batch(
        "ip -batch -",
        [
          "link add port\(number) type veth peer name eth0 netns \(name)",
          "link set dev port\(number) master br0 up",
        ]
      )
        + batch(
          "ip -n \(name) -batch -",
          [
            "link set dev lo up", "address add 172.30.0.\(number + 2)/16 dev eth0", "link set dev eth0 up",
            "route add default via 172.30.0.1",
          ]
        ) + ["nsenter --net=/run/netns/\(name) sleep infinity &"]
    }
  }

  private var ports: [String] {
    let numbers = 0..<size.ports
    // As dockerd has it in containers without IPv6; a thousand of them soliciting routers over one bridge are a
    // million frames.
    return ["nsenter --net=/run/netns/far sh -c 'echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'"]
      + batch(
        "ip -batch -",
        numbers.flatMap {
          [
            "link add far\($0) type veth peer name end\($0) netns far",
            "link set dev far\($0) master br0 up",
          ]
        }
      ) + batch("ip -n far -batch -", numbers.map { "link set dev end\($0) up" })
  }

  private var rules: [String] { batch("nft -f -", BenchmarkRules(size.rules).lines) }

  private var processes: [String] {
    ["for i in $(seq \(size.processes)); do sleep infinity & done"]
  }

  private var tail: [String] {
    [
      "[ \"$(ip -o link show master br0 | wc -l)\" = \(size.containers + size.ports) ]"
    ] + rest + [
      "printf '\\nup\\n' >&2",
      "exec sleep infinity",
    ]
  }

  /// Waits, for a minute at most, until fewer than 100 frames a second go over the bridge: what is measured is a host
  /// in service, not one that is being built.
  private var rest: [String] {
    [
      // "NAME: OCTETS FRAMES …", eight of what came in, then the same of what went out.
      "frames() { awk '$1 ~ /^(far|port)/ { sum += $3 + $11 } END { print sum + 0 }' /proc/net/dev; }",
      "before=$(frames)",
      "for i in $(seq 60); do",
      "  sleep 1; now=$(frames)",
      "  if [ $((now - before)) -lt 100 ]; then break; fi",
      "  before=$now",
      "done",
    ]
  }

  private func batch(_ command: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [command + " <<'BATCH'"] + lines + ["BATCH"]
  }
}
