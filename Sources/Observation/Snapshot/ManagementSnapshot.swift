/// Who manages the machine's network, and what their files say.
public struct ManagementSnapshot: Codable, Hashable, Sendable {
  /// A program that configures interfaces.
  public enum Manager: String, Codable, Hashable, Sendable, CaseIterable {
    case ifupdown, networkd, networkManager, netplan
  }

  /// The managers that are in use: their service runs, or (ifupdown) their file configures an interface.
  public var managers: Reading<[Manager]>
  /// What the managers' files say about interfaces, one for each that they name or match.
  public var interfaces: Reading<[ConfiguredInterface]>
  /// The link policies of udev (`.link` files) in the order in which udev tries them.
  public var linkPolicies: Reading<[LinkPolicy]>
  /// Settings that files below sysctl.d and /etc/sysctl.conf make at boot; the last line wins.
  public var bootSettings: Reading<[BootSetting]>
  /// What the machine's own resolver configuration is, by path: /etc/resolv.conf, and where there are such files
  /// /run/systemd/resolve/resolv.conf, systemd-resolved's /etc/systemd/resolved.conf with its drop-ins
  /// (resolved.conf.d below /etc, /run and /usr/lib), and /etc/dnsmasq.conf with the files of /etc/dnsmasq.d.
  public var resolverFiles: [String: Reading<String>]
  /// Mistakes in the files, as "FILE:LINE: what".
  public var mistakes: [String]

  /// Management.
  public init(
    managers: Reading<[Manager]> = .absent,
    interfaces: Reading<[ConfiguredInterface]> = .absent,
    linkPolicies: Reading<[LinkPolicy]> = .absent,
    bootSettings: Reading<[BootSetting]> = .absent,
    resolverFiles: [String: Reading<String>] = [:],
    mistakes: [String] = []
  ) {
    self.managers = managers
    self.interfaces = interfaces
    self.linkPolicies = linkPolicies
    self.bootSettings = bootSettings
    self.resolverFiles = resolverFiles
    self.mistakes = mistakes
  }
}

/// What a manager's file says about an interface.
public struct ConfiguredInterface: Codable, Hashable, Sendable {
  /// Whose file.
  public var manager: ManagementSnapshot.Manager
  /// The interface's name, or the pattern that it is matched by ("docker*").
  public var name: String
  /// Whether `name` is a pattern.
  public var isPattern: Bool
  /// The file.
  public var file: String
  /// The line at which it begins.
  public var line: Int
  /// "bridge", "ethernet", "vlan", …, if the file says.
  public var kind: String?
  /// What the file says, in terms that are the same for all managers: "address" (CIDRs, by spaces), "mac", "mtu",
  /// "stp" ("yes" or "no"), "forward-delay" (seconds), "ports" (by spaces), "dhcp" ("yes", "no", "ipv4", "ipv6"),
  /// "unmanaged" ("yes"), "configure-without-carrier", "keep-configuration", "ipv4-forwarding", "accept-ra",
  /// "gateway", "dns". Only what the file says is here.
  public var settings: [String: String]

  /// An interface.
  public init(
    manager: ManagementSnapshot.Manager,
    name: String,
    isPattern: Bool = false,
    file: String,
    line: Int,
    kind: String? = nil,
    settings: [String: String] = [:]
  ) {
    self.manager = manager
    self.name = name
    self.isPattern = isPattern
    self.file = file
    self.line = line
    self.kind = kind
    self.settings = settings
  }
}

/// A `.link` file (systemd.link(5)).
public struct LinkPolicy: Codable, Hashable, Sendable {
  /// The file; drop-ins are merged into it.
  public var file: String
  /// The `[Match]` section, by its keys.
  public var match: [String: String]
  /// The `[Link]` section, by its keys; "MACAddressPolicy" is the one that matters.
  public var link: [String: String]

  /// A policy.
  public init(file: String, match: [String: String], link: [String: String]) {
    self.file = file
    self.match = match
    self.link = link
  }
}

/// A line of a sysctl.d file (sysctl.d(5)).
public struct BootSetting: Codable, Hashable, Sendable {
  /// The setting's name with dots, as the file has it made uniform; it may hold a pattern.
  public var name: String
  /// The value.
  public var value: String
  /// The file.
  public var file: String
  /// The line.
  public var line: Int
  /// Whether `sysctl -p` alone reads it too (/etc/sysctl.conf).
  public var isReadByPlainSysctl: Bool
  /// Whether nothing but `sysctl -p` and `sysctl --system` reads it: /etc/sysctl.conf on a host without Debian's link
  /// to it in /etc/sysctl.d, where systemd doesn't make it at boot. Nil is no.
  public var isOnlyByPlainSysctl: Bool?
  /// If the name is a pattern: names that it isn't about, though it matches them ("-NAME" without a value).
  public var exceptions: [String]?

  /// A line.
  public init(
    name: String,
    value: String,
    file: String,
    line: Int,
    isReadByPlainSysctl: Bool = false,
    isOnlyByPlainSysctl: Bool? = nil,
    exceptions: [String]? = nil
  ) {
    self.name = name
    self.value = value
    self.file = file
    self.line = line
    self.isReadByPlainSysctl = isReadByPlainSysctl
    self.isOnlyByPlainSysctl = isOnlyByPlainSysctl
    self.exceptions = exceptions
  }
}
