/// What there is on a host that is looked at.
struct HostSize {
  /// What the table calls it.
  let name: String
  /// Containers: a namespace each, with a process.
  let containers: Int
  /// Further ports of the bridge; their other ends are all in one namespace.
  let ports: Int
  /// Rules of nftables, besides the masquerade.
  let rules: Int
  /// Further processes of the host.
  let processes: Int
  /// The longest that `doctor` may take, in milliseconds.
  let longest: Double
  /// The most memory that it may take, in megabytes, if anything is promised.
  let largest: Double?

  static let all = [
    HostSize(
      name: "small host",
      containers: 3,
      ports: 0,
      rules: 0,
      processes: 0,
      longest: 150,
      largest: nil
    ),
    HostSize(
      name: "small host, 500 processes",
      containers: 3,
      ports: 0,
      rules: 0,
      processes: 500,
      longest: 150,
      largest: nil
    ),
    HostSize(
      name: "1,000 ports, 5,000 rules",
      containers: 3,
      ports: 997,
      rules: 5_000,
      processes: 0,
      longest: 1_000,
      largest: 150
    ),
  ]
}
