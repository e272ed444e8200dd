/// What dockerd's flags are called, and which values they take (dockerd(8), versions 20.10 to 29).
extension DaemonSettings {
  /// The settings that a snapshot keeps.
  static let relevantNames: Set<String> = [
    "allow-direct-routing", "bip", "bip6", "bridge", "bridge-accept-fwmark", "cgroup-parent", "containerd",
    "containerd-namespace", "containerd-plugins-namespace", "data-root", "default-address-pools",
    "default-cgroupns-mode", "default-gateway", "default-gateway-v6", "default-network-opts", "dns",
    "dns-opts",
    "dns-search", "exec-root", "experimental", "firewall-backend", "fixed-cidr", "fixed-cidr-v6", "group",
    "host-gateway-ip", "host-gateway-ips", "hosts", "icc", "ip", "ip-forward", "ip-forward-no-drop",
    "ip-masq",
    "ip6tables", "iptables", "ipv6", "live-restore", "mtu", "network-control-plane-mtu", "pidfile",
    "userland-proxy", "userland-proxy-path", "userns-remap",
  ]

  static let shortNames: [Character: String] = [
    "b": "bridge", "D": "debug", "G": "group", "g": "graph", "H": "host", "h": "help", "l": "log-level",
    "p": "pidfile", "s": "storage-driver", "v": "version",
  ]

  /// Flags whose settings have another name in `daemon.json`.
  static let namesInFile: [String: String] = [
    "add-runtime": "runtimes", "authorization-plugin": "authorization-plugins",
    "cdi-spec-dir": "cdi-spec-dirs",
    "default-address-pool": "default-address-pools", "default-network-opt": "default-network-opts",
    "default-ulimit": "default-ulimits", "dns-opt": "dns-opts", "exec-opt": "exec-opts",
    "feature": "features", "graph": "data-root", "host": "hosts", "insecure-registry": "insecure-registries",
    "label": "labels", "log-opt": "log-opts", "node-generic-resource": "node-generic-resources",
    "registry-mirror": "registry-mirrors", "storage-opt": "storage-opts",
  ]

  /// Flags that are on or off.
  static let switches: Set<String> = [
    "allow-direct-routing", "containerd-disabled", "debug", "disable-legacy-registry", "experimental", "help",
    "icc",
    "init", "ip-forward", "ip-forward-no-drop", "ip-masq", "ip6tables", "iptables", "ipv6", "live-restore",
    "log-format-json", "no-new-privileges", "raw-logs", "rootless", "selinux-enabled", "tls", "tlsverify",
    "userland-proxy", "validate", "version",
  ]

  /// Flags that may be given several times.
  static let lists: Set<String> = [
    "add-runtime", "authorization-plugin", "cdi-spec-dir", "cluster-store-opt", "default-ulimit", "dns",
    "dns-opt", "dns-search", "exec-opt", "feature", "host", "host-gateway-ip",
    "insecure-registry", "label", "log-opt", "node-generic-resource", "registry-mirror", "storage-opt",
  ]

  static let numbers: Set<String> = [
    "max-concurrent-downloads", "max-concurrent-uploads", "max-download-attempts", "mtu",
    "network-control-plane-mtu", "network-diagnostic-port", "shutdown-timeout",
  ]

  /// Flags that certainly take a value, even one that begins with a dash.
  static let known: Set<String> = lists.union(numbers).union([
    "bip", "bip6", "bridge", "bridge-accept-fwmark", "config-file", "containerd", "data-root",
    "default-address-pool", "default-network-opt", "exec-root", "fixed-cidr", "graph", "group", "ip",
    "pidfile",
  ])

  /// What Go's strconv.ParseBool takes for true.
  static let truths: Set<String> = ["1", "t", "T", "true", "TRUE", "True"]
}
