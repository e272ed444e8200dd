internal import Observation

extension Fault {
  /// The host's dnsmasq was told to forward few questions at once.
  static let dnsmasqForwardMax = Fault(
    id: "dnsmasq-forward-max",
    text: FaultText(
      title: "the host's dnsmasq forwards few questions at once",
      story: [
        "Containers ask a dnsmasq on the host, which asks the servers beyond.",
        "It keeps a limited number of questions that those haven't answered yet; here somebody made it smaller than"
          + " dnsmasq's own 150.",
        "One of the servers is slow for a second, the questions of many builds that start at once fill the list, and"
          + " lookups of all containers fail, also those that another server would answer.",
      ],
      why:
        "get_new_frec (dnsmasq, forward.c) refuses a question when the list has dns-forward-max entries, and logs"
        + " \"Maximum number of concurrent DNS queries reached\".",
      outage: "In bursts, as long as a server is slow.",
      cure: "A greater dns-forward-max, in a file of its own.",
      lasting: [FaultText.LastingCure("dnsmasq (/etc/dnsmasq.d/forward-max.conf)", "dns-forward-max=1000")],
      next: "Ask its log: \"journalctl -u dnsmasq | grep 'concurrent DNS queries'\"."
    ),
    topology: .resolverOnHost,
    parts: [Part("limit", "dnsmasq's configuration limits what it forwards at once")],
    marks: [],
    proof: .checkOnly(
      "The lab's own resolver stands for dnsmasq, with dnsmasq's files. A test runs a real dnsmasq beside it."
    ),
    surroundings: { snapshot in
      let dnsmasq = ProcessSnapshot(
        pid: 53,
        name: "dnsmasq",
        arguments: ["--conf-dir=/etc/dnsmasq.d"]
      )
      for index in snapshot.namespaces.indices where snapshot.namespaces[index].role == .machine {
        snapshot.namespaces[index].listeners = snapshot.namespaces[index].listeners.map { listeners in
          listeners.map { listener in
            var listener = listener
            if listener.port == 53 { listener.process = dnsmasq }
            return listener
          }
        }
      }
    },
    ground: { $0.files["/etc/dnsmasq.d/host.conf"] = "bind-dynamic\n" },
    apply: { _, _ in [.file(path: "/etc/dnsmasq.d/limit.conf", text: "dns-forward-max=20\n")] },
    // The folder's files are read in the order of their names, and what is said last counts.
    cure: { _, _ in [.file(path: "/etc/dnsmasq.d/zz-forward-max.conf", text: "dns-forward-max=1000\n")] }
  )
}
