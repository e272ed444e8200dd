internal import NetworkTypes

extension Fault {
  /// A socket's receive buffer overflows.
  static let resolverReceiveBuffer = Fault(
    id: "resolver-rcvbuf",
    text: FaultText(
      title: "a resolver loses bursts to a full receive buffer",
      story: [
        "A resolver's socket has the receive buffer that the kernel gives by default: room for a few"
          + " hundred requests.",
        "Many builds start in the same second, or the resolver stands still for a moment (a throttled"
          + " processor, a garbage collection).",
        "What doesn't fit is dropped without an answer. Each of those lookups waits for its timeout and"
          + " is asked again, with all others that were dropped.",
      ],
      why:
        "A datagram that finds the socket's queue full is dropped (udp_queue_rcv_one_skb) and counted as"
        + " RcvbufErrors, and in the last column of /proc/net/udp for the socket.",
      outage:
        "In bursts; the counters grow and the average load looks harmless.",
      cure:
        "A larger buffer for the resolver's socket; it is opened anew. The counters of a lab go with the"
        + " container.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.d/90-rmem.conf), then restart the resolver",
          "net.core.rmem_max = 4194304",
          "net.core.rmem_default = 4194304"
        ),
        FaultText.LastingCure(
          "unbound (unbound.conf)",
          "so-rcvbuf: 4m"
        ),
      ],
      next:
        "Look at what counts: \"nstat -az UdpRcvbufErrors\", and the last column of \"cat /proc/net/udp\"."
    ),
    parts: [Part("burst", "a burst overruns a socket that nobody reads")],
    marks: [],
    proof: .checkOnly(
      "The lab's own resolver reads as fast as the lab asks; the burst goes to a socket beside it."
    ),
    apply: { _, _ in [.inside(container: "other", .overflow(datagrams: 500))] },
    cure: { plan, _ in
      plan.container("other").map { [.leave(container: $0.name, port: $0.portName), .join($0)] } ?? []
    }
  )
}
