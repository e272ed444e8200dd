extension Unchecked {
  /// Causes in forwarding and netfilter that no check looks for.
  static let filtering: [UncheckedEntry] = [
    UncheckedEntry(
      entry: CatalogueEntry(
        number: 40,
        id: "ct-udp-stale",
        title: "a long-lived UDP flow keeps a translation that is no longer right",
        area: .filtering,
        severity: .warning,
        mechanism: [
          "A program asks a resolver from one socket again and again (a forwarder does), so that its connection tracking"
            + " entry never expires.",
          "The entry was made when no translation rule existed yet, or for a container that is gone. New rules are for new"
            + " connections only: the flow goes on with the old translation, or none.",
          "Its packets leave with a wrong source, or go to an address where nobody is, until the socket is closed or is"
            + " silent for 30 to 120 s.",
        ],
        why:
          "nat chains are asked for a connection's first packet only; later ones take what nf_conn has. dockerd deletes the"
          + " entries of a container's published UDP ports when they change (clearConntrackEntries, 23 and later), and none"
          + " of others.",
        byHand: [
          "conntrack -L -p udp --dport 53   # UNREPLIED, or an answer that is expected at a container's own address",
          "conntrack -D -p udp --dport 53   # forgets them; the next packet makes a new entry",
        ],
        sources: ["m#8795", "m#44752", "m#53384", "net/netfilter/nf_nat_core.c (nf_nat_inet_fn)"]
      ),
      because:
        "What tells is the entry of one connection at the moment of the trouble; a snapshot holds how many entries there"
        + " are, not the entries, which name who talks with whom."
    )
  ]
}
