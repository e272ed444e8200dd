internal import NetworkTypes
internal import Observation

/// Resolvers whose receive buffers overflowed.
struct ResolverRcvbufCheck: Check {
  let entry = CatalogueEntry(
    number: 62,
    id: "resolver-rcvbuf",
    title: "a resolver's receive buffer overflows, and questions are dropped",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "Datagrams wait in a socket's receive buffer until the program reads them. When many come at once, or the"
        + " program doesn't get the processor, the buffer is full, and the kernel drops the rest.",
      "Nobody is told. The asker waits for its timeout; the resolver's own statistics know nothing of it.",
      "The default buffer of 212,992 octets holds some 250 small questions, because each takes up a whole buffer of"
        + " the kernel's.",
    ],
    why:
      "__udp_enqueue_schedule_skb (net/ipv4/udp.c) drops when sk_rmem_alloc exceeds sk_rcvbuf, and counts"
      + " UDP_MIB_RCVBUFERRORS and sk_drops. SO_RCVBUF is net.core.rmem_default unless the program sets it.",
    byHand: [
      "nstat -az UdpRcvbufErrors   # for the namespace",
      "cat /proc/net/udp   # the last column: drops of each socket; port 53 is :0035",
      "ss -lunm 'sport = 53'   # rb: the buffer's size, d: drops",
    ],
    sources: ["net/ipv4/udp.c (__udp_enqueue_schedule_skb)", "unbound.conf(5), so-rcvbuf", "udp(7)"]
  )

  private struct Loss {
    let namespace: String
    let listener: ListenerSnapshot?
    let errors: UInt64
    let received: UInt64
    let days: Double

    /// A share of the whole, or many a day: a handful in a year is neither.
    var isTelling: Bool {
      errors >= 20 && (errors * 1000 >= received || Double(errors) >= 100 * days)
    }
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      var losses: [Loss] = []
      var missing: Missing?
      let inside = namespace.bridges.flatMap(\.containers).compactMap(\.inside)
      for state in [namespace.state] + inside {
        do throws(Missing) {
          losses += try self.losses(in: state, uptime: host.snapshot.origin.uptime)
        } catch { missing = missing ?? error }
      }
      if let worst = losses.filter(\.isTelling).max(by: { Self.rank($0) < Self.rank($1) }) {
        return report(namespace, worst, host)
      }
      if let missing { throw missing }
      let lost = losses.map(\.errors).reduce(0, +)
      return .passed(
        lost == 0
          ? "no receive buffer overflowed, here and in the containers"
          : "\(lost) datagrams in \(Int(losses.first?.days ?? 0)) days found a buffer full, too few to matter"
      )
    }
  }

  private static func rank(_ loss: Loss) -> (Int, UInt64) { (loss.listener == nil ? 0 : 1, loss.errors) }

  private func losses(in state: NamespaceSnapshot, uptime: Double) throws(Missing) -> [Loss] {
    let counters = try state.counters.needed("the protocol counters of \(state.name)") ?? [:]
    let listeners = try state.listeners.needed("the listening sockets of \(state.name)") ?? []
    func sum(_ name: String) -> UInt64 { (counters["Udp." + name] ?? 0) + (counters["Udp6." + name] ?? 0) }
    let days = max(uptime / 86400, 1.0 / 24)
    let received = sum("InDatagrams")
    let own = listeners.filter { $0.transport == "udp" && ($0.drops ?? 0) > 0 && $0.port != 5353 }.map {
      listener in
      Loss(
        namespace: state.name,
        listener: listener,
        errors: listener.drops ?? 0,
        received: received + (listener.drops ?? 0),
        days: days
      )
    }
    let errors = sum("RcvbufErrors")
    let others = errors - min(errors, own.map(\.errors).reduce(0, +))
    return own
      + [Loss(namespace: state.name, listener: nil, errors: others, received: received + others, days: days)]
  }

  private func report(_ namespace: NamespaceView, _ loss: Loss, _ host: HostView) -> Judgement {
    let program = loss.listener?.process?.name ?? "a program"
    let socket = loss.listener.map { "\($0.address):\($0.port)" }
    var evidence: [Evidence] = []
    if let socket {
      evidence.append(
        Evidence(
          "/proc/net/udp of \(loss.namespace)",
          "\(socket) drops \(loss.errors)",
          "since \(program) opened the socket; when, the counter doesn't say"
        )
      )
    } else {
      evidence.append(
        Evidence(
          "/proc/net/snmp of \(loss.namespace)",
          "Udp.RcvbufErrors \(loss.errors) of \(loss.received)",
          "since the namespace was made, of all its sockets; when, the counter doesn't say"
        )
      )
    }
    if let size = host.snapshot.machine.settings["net.core.rmem_default"]?.value {
      evidence.append(
        Evidence("net.core.rmem_default", size, "a socket's buffer unless the program sets it, in octets")
      )
    }
    return finding(
      namespace.subject,
      severity: loss.listener == nil && Self.hasResolver(loss.namespace, host) == false ? .info : nil,
      confidence: loss.listener == nil ? .possible : .certain,
      summary: socket.map {
        "\(program) at \($0) in \(loss.namespace) lost \(loss.errors) questions to a full receive buffer."
      } ?? "Programs in \(loss.namespace) lost \(loss.errors) datagrams to full receive buffers.",
      consequence:
        "Whoever asked waited for a timeout. \(loss.received) datagrams were received or lost there in all, within"
        + " \(Int(loss.days.rounded(.up))) days at the most.",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Larger buffers for sockets that are opened from now on; then start the resolver anew.",
          commands: ["sysctl -w net.core.rmem_default=4194304 net.core.rmem_max=4194304"]
        ),
        Remedy(
          .persistent,
          "sysctl.d: the same at boot. (unbound: so-rcvbuf: 4m; systemd-resolved sets its own.)",
          files: [
            Remedy.File(
              path: "/etc/sysctl.d/90-resolver-buffers.conf",
              content: "net.core.rmem_default = 4194304\nnet.core.rmem_max = 4194304\n"
            )
          ]
        ),
      ]
    )
  }

  /// Whether a namespace has a resolver, so that what its sockets lose may be questions.
  private static func hasResolver(_ name: String, _ host: HostView) -> Bool {
    host.snapshot.namespaces.contains { state in
      state.name == name && (state.listeners.value ?? []).contains { $0.port == 53 && $0.transport == "udp" }
    }
  }
}
