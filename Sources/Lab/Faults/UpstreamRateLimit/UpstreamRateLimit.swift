internal import NetworkTypes

extension Fault {
  /// Lookups above a rate are dropped.
  static let upstreamRateLimit = Fault(
    id: "upstream-rate-limit",
    text: FaultText(
      title: "lookups above a rate are dropped",
      story: [
        "Something on the way lets only so many lookups a second pass: a cloud's resolver for each"
          + " network adapter, a resolver's response rate limit, a rule of the host's own firewall.",
        "Many builds at once look up the same names without a cache. Above the rate requests are dropped"
          + " without an answer.",
        "Lookups fail at random, and only in busy minutes.",
      ],
      why:
        "A limit counts packets in a time (nft_limit, xt_hashlimit, or the adapter itself) and drops what"
        + " is more. Nobody tells the sender; a resolver waits for its timeout.",
      outage:
        "As long as the rate is above the limit. Retries add to it.",
      cure:
        "A cache on the host asks for each name once. Here the limit is raised above the load.",
      lasting: [
        FaultText.LastingCure(
          "systemd-resolved (/etc/systemd/resolved.conf.d/containers.conf)",
          "[Resolve]",
          "DNSStubListenerExtra=172.18.0.1",
          "Cache=yes"
        ),
        FaultText.LastingCure(
          "dnsmasq on the bridge's address",
          "interface=br0",
          "bind-dynamic",
          "cache-size=10000"
        ),
      ],
      next:
        "Look at the counters: \"ethtool -S eth0 | grep allowance\" on Amazon's machines, \"nft list ruleset"
        + " | grep limit\" on the host."
    ),
    parts: [Part("limit", "a rule lets two lookups a second pass")],
    marks: [.rulesetHas("limit rate over")],
    apply: { plan, _ in
      [
        .nft(
          "table inet limits { chain forward { type filter hook forward priority filter + 5; policy accept;"
            + " iifname \"\(plan.bridge.name)\" udp dport 53 limit rate over 2/second burst 2 packets drop; }; }"
        )
      ]
    },
    cure: { _, _ in [.nft("delete table inet limits")] }
  )
}
