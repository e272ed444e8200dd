internal import NetworkConfiguration
internal import NetworkTypes

/// What is known of programs that answer lookups.
enum ResolverPrograms {
  /// The ports of DNS, multicast DNS and LLMNR.
  static let ports: Set<UInt16> = [53, 5353, 5355]

  /// Where dockerd answers lookups in a container, at a port that differs from container to container.
  static let dockerAddress = IPAddress.v4(IPv4Address(127, 0, 0, 11))

  /// Resolvers by the kernel's names of their processes, which have at most 15 octets.
  static let names: Set<String> = [
    "dnsmasq", "unbound", "named", "systemd-resolve", "systemd-resolved", "coredns", "pdns_recursor",
    "pdns-recursor", "kresd", "knot-resolver", "dnscrypt-proxy", "stubby", "nscd", "aardvark-dns",
    "avahi-daemon", "dnsdist", "AdGuardHome", "pihole-FTL",
  ]

  /// Container engines' daemons.
  static let daemons: Set<String> = [
    "dockerd", "containerd", "crio", "buildkitd", "kubelet", "libvirtd", "virtnetworkd", "virtqemud", "lxd",
    "incusd",
  ]

  /// Whatever belongs to a container engine and may hold namespaces by mounts of its own.
  static let engines = daemons.union(["podman", "conmon", "rootlesskit", "slirp4netns", "pasta", "lxc-start"])

  /// Programs that configure interfaces.
  static let managers: Set<String> = [
    "NetworkManager", "systemd-network", "systemd-networkd", "dhclient", "dhcpcd", "ifplugd", "netplan",
    "connmand", "wpa_supplicant", "systemd-udevd", "firewalld", "tailscaled",
  ]

  /// The options that matter of a resolver that the machine runs itself; nil of any other process. What a container
  /// runs is in a process namespace of its own.
  static func arguments(of process: ProcessList.Entry) -> [String]? {
    // As many ids as process namespaces see it (proc_pid_status(5)).
    guard process.name == "dnsmasq", process.status("NSpid").count == 1 else { return nil }
    let words = process.commandLine()
    return words.isEmpty ? nil : DnsmasqFiles.arguments(Array(words.dropFirst()))
  }
}
