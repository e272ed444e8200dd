internal import NetworkTypes
internal import Observation

extension Fault {
  /// musl with servers that don't know the same.
  static let muslSemantics = Fault(
    id: "musl-semantics",
    text: FaultText(
      title: "musl asks an internal and a public server at once",
      story: [
        "A container's image is Alpine's: its programs use musl's resolver. Its file names an internal server and a"
          + " public one, as a reserve.",
        "musl sends each question to both at the same time and takes the first answer. For an internal name the public"
          + " server's is \"no such name\".",
        "So internal names resolve when the internal server is faster, and don't when it is slower. The same program"
          + " under glibc never fails.",
      ],
      why:
        "__res_msend_rc (musl, src/network/res_msend.c) accepts the first reply with the code 0 or 3, from whichever"
        + " server. glibc asks the second server only if the first one doesn't answer.",
      outage: "For some lookups of internal names, as long as both are in the file.",
      cure: "The container gets one server, which knows all names.",
      lasting: [
        FaultText.LastingCure("dockerd (daemon.json)", "{\"dns\": [\"192.0.2.53\"]}")
      ],
      next: "Ask both yourself: \"for s in 10.0.0.53 9.9.9.9; do dig +short NAME @$s; done\"."
    ),
    families: [.v4],
    parts: [Part("two", "a container with musl is given an internal and a public server")],
    marks: [],
    proof: .checkOnly("The lab's lookups ask one server, as musl's resolver does not."),
    surroundings: { snapshot in
      // A lab's containers have no image.
      for index in snapshot.namespaces.indices where snapshot.namespaces[index].role == .container {
        snapshot.namespaces[index].systemLibrary = .value("musl")
      }
    },
    apply: { _, _ in
      let both = ["10.0.0.53", "9.9.9.9"].compactMap { IPAddress($0) }
      return [.inside(container: "build", .resolver(ResolverConfiguration(servers: both)))]
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )
}
