/// Rules as dockerd, ufw and fail2ban write them: published ports, open ports, counters, a set of addresses,
/// a map of verdicts.
struct BenchmarkRules {
  let lines: [String]

  /// The masquerade, and so many rules besides.
  init(_ count: Int) {
    guard count > 0 else {
      lines = Self.table(
        "nat",
        Self.chain("postrouting", Self.masquerade, hook: "postrouting", priority: 100)
      )
      return
    }
    // The firewall has seven of its own, and one leads to the engine's translations.
    let published = (count - 8) * 6 / 10 / 2
    let opened = (count - 8 - 2 * published) / 2
    let hairpins = count - 8 - 2 * published - opened
    lines =
      Self.table(
        "nat",
        Self.chain("DOCKER", (0..<published).map(Self.translation))
          + Self.chain(
            "prerouting",
            ["fib daddr type local counter jump DOCKER"],
            hook: "prerouting",
            priority: -100
          )
          + Self.chain(
            "postrouting",
            Self.masquerade + (0..<hairpins).map(Self.hairpin),
            hook: "postrouting",
            priority: 100
          )
      )
      + Self.table(
        "filter",
        Self.banned + Self.chain("DOCKER", (0..<published).map(Self.acceptance))
          + Self.chain("ufw-user-input", (0..<opened).map(Self.opening))
          + Self.chain(
            "forward",
            [
              "ip saddr @banned counter drop", "ct state established,related counter accept",
              "oifname \"br0\" counter jump DOCKER", "iifname \"br0\" counter accept",
            ],
            hook: "forward",
            priority: 0
          )
          + Self.chain(
            "input",
            [
              "tcp dport vmap { 22 : accept, 53 : accept, 80 : accept, 135-139 : drop, 443 : accept }",
              "counter jump ufw-user-input",
              "limit rate 3/minute burst 10 packets log prefix \"[UFW BLOCK] \"",
            ],
            hook: "input",
            priority: 0
          )
      )
  }

  private static let masquerade = [
    "ip saddr 172.30.0.0/16 oifname != \"br0\" counter masquerade"
  ]

  private static func translation(_ number: Int) -> String {
    "iifname != \"br0\" tcp dport \(1_024 + number) counter dnat to \(address(number)):\(80 + number % 1_000)"
  }

  private static func acceptance(_ number: Int) -> String {
    "ip daddr \(address(number)) iifname != \"br0\" oifname \"br0\" tcp dport \(80 + number % 1_000) counter accept"
  }

  private static func hairpin(_ number: Int) -> String {
    "ip saddr \(address(number)) ip daddr \(address(number)) tcp dport \(80 + number % 1_000) counter masquerade"
  }

  private static func opening(_ number: Int) -> String {
    "ip saddr 10.\(number / 250).\(number % 250).0/24 tcp dport \(1_024 + number) counter accept"
  }

  private static func address(_ number: Int) -> String { "172.30.\(1 + number / 250).\(1 + number % 250)" }

  private static let banned =
    ["set banned {", "type ipv4_addr", "elements = {"]
    + (0..<1_000).map { "198.\(18 + $0 / 250).\($0 % 250).1," } + ["}", "}"]

  private static func table(_ name: String, _ body: [String]) -> [String] {
    ["table ip \(name) {"] + body + ["}"]
  }

  private static func chain(
    _ name: String,
    _ rules: [String],
    hook: String? = nil,
    priority: Int = 0
  ) -> [String] {
    let type = name.hasSuffix("routing") ? "nat" : "filter"
    return ["chain \(name) {"]
      + (hook.map { ["type \(type) hook \($0) priority \(priority); policy accept;"] } ?? []) + rules + ["}"]
  }
}
