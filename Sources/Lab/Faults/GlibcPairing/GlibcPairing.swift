internal import NetworkTypes

extension Fault {
  /// The second question of a socket is dropped.
  static let glibcPairing = Fault(
    id: "glibc-pairing",
    text: FaultText(
      title: "the second question of a socket is dropped",
      story: [
        "glibc sends the questions for A and AAAA from one socket, one right after the other.",
        "Something on the way takes the second for a repetition of the first, or for part of a flow that"
          + " it has done with, and drops it: a rule, a middlebox, a conntrack race.",
        "The answer for A is there at once; the program waits five seconds for the other, and then asks"
          + " for both again, one after the other.",
      ],
      why:
        "Both questions have the same addresses and ports, so to connection tracking they are one flow of"
        + " two packets. A rule that counts packets of a flow sees the second one.",
      outage:
        "Five seconds for each lookup (RES_TIMEOUT), as long as the rule is there.",
      cure:
        "The rule goes. Until then each program can be told to use a socket for each question.",
      lasting: [
        FaultText.LastingCure(
          "each container's resolv.conf",
          "options single-request-reopen"
        ),
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns-opts\": [\"single-request-reopen\"]}"
        ),
      ],
      next:
        "Time lookups in a container: \"time getent ahosts NAME\"; 5.0 seconds and a bit is the sign."
    ),
    parts: [Part("pair", "a rule drops what follows a socket's first question")],
    marks: [],
    proof: .checkOnly(
      "The lab's lookups ask one question each, with a socket of its own."
    ),
    apply: { plan, _ in
      [
        .nft(
          "table inet pairs { chain forward { type filter hook forward priority filter + 5; policy accept;"
            + " iifname \"\(plan.bridge.name)\" udp dport 53 ct original packets > 1 drop; }; }"
        )
      ]
    },
    cure: { _, _ in [.nft("delete table inet pairs")] }
  )
}
