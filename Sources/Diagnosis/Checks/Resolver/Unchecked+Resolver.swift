extension Unchecked {
  /// Causes without a check, of resolvers and their configuration.
  static let resolver: [UncheckedEntry] = [
    UncheckedEntry(
      entry: CatalogueEntry(
        number: 56,
        id: "aaaa-bad-rcode",
        title: "a server answers \"no such name\" for AAAA where there is only A",
        area: .resolver,
        severity: .warning,
        mechanism: [
          "A name has an IPv4 address and no IPv6 address. The right answer to the question for AAAA is an empty one"
            + " without an error (NODATA).",
          "Some servers, load balancers above all, answer NXDOMAIN, NOTIMP or SERVFAIL, or not at all. Resolvers take"
            + " NXDOMAIN for the whole name: depending on which answer comes first, the name resolves or doesn't.",
        ],
        why:
          "RFC 4074 describes the misbehaviour; RFC 8020 says that NXDOMAIN means that no name below exists either, and"
          + " caches act on it. musl takes the first NXDOMAIN for final.",
        byHand: [
          "dig A NAME @SERVER; dig AAAA NAME @SERVER   # the statuses should both be NOERROR"
        ],
        sources: ["RFC 4074", "RFC 8020", "containers/aardvark-dns#679", "gliderlabs/docker-alpine#399"]
      ),
      because: "What a server answers isn't on the host: it has to be asked, and a snapshot asks nobody."
    )
  ]
}
