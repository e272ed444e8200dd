internal import NetworkTypes
internal import Observation

/// A rule that lets the first of a pair of questions pass and drops the second.
struct GlibcPairingCheck: Check {
  let entry = CatalogueEntry(
    number: 55,
    id: "glibc-pairing",
    title: "of two questions from one socket the second is dropped",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "glibc asks for A and AAAA from the same socket, one right after the other, and waits for both answers.",
      "A firewall that takes the first answer for the end of the exchange, or spares only the first packet of each"
        + " flow, drops the second question or its answer.",
      "The program has one answer and waits five seconds for the other; then glibc asks again, one after the other,"
        + " and all is well. Each lookup of a new name takes 5.0 s.",
    ],
    why:
      "__libc_res_nsend sends both questions before it reads; after a timeout it sets RES_SNGLKUP by itself."
      + " \"options single-request-reopen\" has it use a socket for each from the start.",
    byHand: [
      "tcpdump -ni docker0 port 53   # two questions from one port, one answer",
      "docker run --dns-option single-request-reopen …   # if that cures it, it was this",
    ],
    sources: ["resolv.conf(5), single-request, single-request-reopen", "glibc: resolv/res_send.c"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let scan = RuleScan(namespace)
      let rules = scan.rulesDroppingSomeQuestions().filter(\.isByConnection)
      guard !rules.isEmpty else {
        if let missing = scan.missing { throw missing }
        return .passed(
          "no rule of this host drops only some questions of a socket; beyond it nothing can be seen"
        )
      }
      let containers = namespace.bridges.flatMap(\.containers)
      let files = containers.compactMap { $0.inside?.resolver.value }.map { ResolverFile($0) }
      let isSpared = !files.isEmpty && files.allSatisfy { $0.options.contains("single-request-reopen") }
      return finding(
        namespace.subject,
        severity: isSpared ? .info : nil,
        confidence: .likely,
        summary: "A rule of this host drops further questions of a socket that has asked one already.",
        consequence:
          "Lookups in \(containers.isEmpty ? "its containers" : containers.inWords) take five seconds, because the"
          + " question for AAAA is lost"
          + (isSpared ? "; but all of them use a socket for each question." : "."),
        evidence: rules.prefix(4).map {
          Evidence($0.chain, $0.text, "drops what follows the first question")
        },
        remedies: [
          Remedy(
            .runtime,
            "Delete the rule, or let all questions to port 53 pass before it.",
            commands: [
              "nft -a list ruleset   # the rule's handle", "nft delete rule FAMILY TABLE CHAIN handle N",
            ]
          ),
          Remedy(
            .persistent,
            "glibc: a socket for each question, in each container.",
            commands: ["docker run --dns-option single-request-reopen …"]
          ),
        ]
      )
    }
  }
}
