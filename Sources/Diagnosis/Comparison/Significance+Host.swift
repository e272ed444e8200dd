extension Significance {
  /// Firewall rules that name a bridge or its subnet.
  static let rules = Significance(
    .important,
    "What one bridge's rules accept, translate or drop, the other's may not.",
    rank: 20
  )

  /// Whether a rule translates what leaves a bridge's subnet.
  static let masquerade = Significance(
    .decisive,
    "Without translation requests leave with the container's own address, to which no answer returns.",
    rank: 5
  )

  /// A chain's rules.
  static let chain = Significance(.important, "A firewall's rules changed.", rank: 20)

  /// A chain's type, hook, priority and policy.
  static let policy = Significance(
    .decisive,
    "A chain's hook and policy decide over everything that no rule decides.",
    rank: 6
  )

  /// Default routes.
  static let defaultRoute = Significance(
    .decisive,
    "Without a default route nothing outside is reached.",
    rank: 7
  )

  /// Other routes.
  static let route = Significance(
    .important,
    "A more specific route takes traffic away from the way that it took before.",
    rank: 15
  )

  /// Routing rules.
  static let routingRule = Significance(
    .important,
    "Routing rules send some packets by other tables, and replies may take another way.",
    rank: 16
  )

  /// Addresses.
  static let address = Significance(
    .important,
    "Containers' gateways and servers are known by addresses.",
    rank: 12
  )

  /// Whether a bridge has addresses of a family.
  static let families = Significance(
    .important,
    "Without an address of that family the bridge is no gateway for it.",
    rank: 12
  )

  /// An interface that came or went.
  static func presence(of kind: String?) -> Significance {
    kind == "bridge"
      ? Significance(.important, "A bridge came or went, with the network of all containers on it.", rank: 11)
      : Significance(.notable, "An interface came or went.")
  }

  /// Resolver configuration.
  static let resolver = Significance(
    .important,
    "Other servers, or another order, answer otherwise; engines copy the host's servers into containers.",
    rank: 14
  )

  /// A listener for DNS.
  static let listener = Significance(
    .important,
    "Who asks an address where nobody listens gets no answer.",
    rank: 14
  )

  /// A setting of an engine.
  static func engineSetting(_ name: String) -> Significance {
    engineSettings[name] ?? Significance(.notable, "A setting of the engine.")
  }

  private static let engineSettings: [String: Significance] = [
    "bridge": Significance(
      .important,
      "A bridge that the engine is given keeps the MAC and the options that it was made with.",
      rank: 1
    ),
    "iptables": Significance(
      .important,
      "Without it somebody else has to make the rules for its networks.",
      rank: 2
    ),
    "ip6tables": Significance(.important, "Without it somebody else has to make the IPv6 rules.", rank: 3),
    "ip-masq": Significance(
      .important,
      "Without it somebody else has to translate its networks' addresses.",
      rank: 3
    ),
    "ip-forward": Significance(.important, "Without it somebody else has to switch forwarding on.", rank: 3),
    "ip-forward-no-drop": Significance(
      .important,
      "Whether the engine sets the forward chain's policy to drop.",
      rank: 3
    ),
    "firewall-backend": Significance(
      .important,
      "The nftables backend makes other tables, and doesn't switch forwarding on.",
      rank: 4
    ),
    "icc": Significance(.important, "Without it containers on the default bridge don't reach each other."),
    "bip": Significance(.notable, "The default bridge's address."),
    "fixed-cidr": Significance(.notable, "The part of the subnet that containers' addresses come from."),
    "default-address-pools": Significance(
      .notable,
      "Where new networks' subnets come from; they may cover the LAN."
    ),
    "mtu": Significance(.important, "The MTU of containers' interfaces on the default bridge.", rank: 10),
    "dns": Significance(.important, "The servers that containers ask.", rank: 14),
    "userland-proxy": Significance(
      .notable,
      "With the proxy, answers of published ports can come from another address than was asked."
    ),
    "live-restore": Significance(.notable, "Containers outlive the daemon, and its DNS ports may be stale."),
  ]

  /// An engine that came or went.
  static let engine = Significance(
    .important,
    "An engine came or went, with its networks and rules.",
    rank: 0
  )
  /// An engine's version.
  static let engineVersion = Significance(
    .important,
    "Other versions make other rules and announce other addresses.",
    rank: 8
  )
  /// An engine's network.
  static let network = Significance(
    .important,
    "An engine's networks decide how their containers reach others.",
    rank: 9
  )
  /// The running kernel.
  static let kernel = Significance(
    .important,
    "Another kernel has other defaults and other mistakes, and needs its own modules.",
    rank: 8
  )
  /// A restart of the machine.
  static let boot = Significance(
    .notable,
    "The machine was started anew: what was set by hand and in no file is gone.",
    rank: 1
  )
  /// Modules.
  static let modules = Significance(
    .notable,
    "A module brings its hooks and settings along; br_netfilter alone changes what bridges drop.",
    rank: 5
  )
  /// What configures interfaces.
  static let management = Significance(
    .notable,
    "At the next start the files decide, not what is set now.",
    rank: 20
  )
  /// Containers that are new or gone.
  static let containers = Significance(.minor, "Containers come and go.")
}
