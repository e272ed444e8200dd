/// Causes of the catalogue that no lab makes, and why not.
public enum Unmade {
  /// Why, in sentences, by the catalogue's id.
  public static let reasons: [String: String] = [
    "neigh-overflow":
      "The tables' limits are the whole machine's: a namespace can't set them, and filling the table hurts everybody.",
    "vlan-pvid":
      "It takes a kernel with CONFIG_BRIDGE_VLAN_FILTERING, which the one that the tests run on doesn't have.",
    "nm-grabs-veth": "It is about NetworkManager and its files; the lab runs no network manager.",
    "multi-dockerd-shared-bridge":
      "It takes two daemons that were given the same bridge; the lab runs no engine.",
    "ip-forward-nft-backend": "It takes a dockerd of version 29 or later; the lab runs no engine.",
    "fw-flushed":
      "What is missing are the rules of a dockerd that runs; the lab runs no engine. The tests with real dockerds flush"
      + " their rules instead.",
    "multi-dockerd-chains":
      "It takes two daemons that keep rules; the lab runs no engine. The tests with real dockerds start both.",
    "ct-table-full":
      "The table's size is the whole machine's: in other namespaces it can be read only, and filling it hurts everybody.",
    "ct-insert-race":
      "Kernels since 5.7 resolve these clashes. Tried on Linux 6.18: of 50,000 pairs that were sent from one socket by two"
      + " processors at once, through masquerade, 23,169 clashed; all were answered, and insert_failed stayed zero.",
    "ct-udp-stale": "No check could see it, and what shows it is one connection's entry at the right moment.",
    "kernel-modules-missing":
      "It is about the running kernel and the machine's files; a lab has no kernel of its own.",
    "csum-offload":
      "It takes drivers and tunnels of kernels that let unfinished checksums out; veth no longer does.",
    "resolv-stale":
      "It is about what an engine gave to a container before the host's servers changed; the lab runs no engine.",
    "aaaa-bad-rcode": "No check could see it, and the lab's resolver answers rightly.",
    "docker-dns-overload": "It is about dockerd's own resolver; the lab runs no engine.",
    "fd-inotify":
      "The limits are a process's and a user's, not a network namespace's; to use them up would hurt other programs.",
    "cpu-starvation": "It takes the machine's processors from everybody else on it.",
    "seccomp-getaddrinfo":
      "No packet is involved: it takes an old dockerd or libseccomp and a newer image.",
    "docker-fwd-source": "It is about a builder's own configuration; the lab runs no engine.",
  ]
}
