internal import NetworkTypes

extension Fault {
  /// Two containers of one bridge have one link address.
  static let containerMACDuplicate = Fault(
    id: "container-mac-dup",
    text: FaultText(
      title: "two containers on one bridge have the same MAC",
      story: [
        "A container was given the MAC of another one: by hand, by a clone of its configuration, or by Docker 25.0,"
          + " which kept a container's MAC when its address changed.",
        "Each frame that one of them sends makes the bridge believe that the MAC is behind its port.",
        "An answer goes to whichever of the two sent last. A lookup is lost if the other one sends anything between"
          + " the request and its answer.",
      ],
      why:
        "A bridge's forwarding table has one port for a MAC, and every frame updates it (br_fdb_update).",
      outage: "As long as both talk; it strikes at random, the more the longer answers take.",
      cure: "The second container gets a MAC of its own.",
      lasting: [
        FaultText.LastingCure("dockerd", "26 or later; no --mac-address, no mac_address: in compose files")
      ],
      next: "Look for MACs that move: \"bridge monitor fdb\" shows one that goes to and fro between ports."
    ),
    topology: .neighbours,
    parts: [Part("twin", "a second container has the first one's MAC")],
    marks: [],
    proof: .checkOnly(
      "The lab's resolver answers within a millisecond; between a request and its answer the twin hardly ever sends."
    ),
    apply: { plan, _ in
      plan.container("build").map { [.inside(container: "second", .setAddress($0.address))] } ?? []
    },
    cure: { plan, _ in
      plan.container("second").map { [.inside(container: "second", .setAddress($0.address))] } ?? []
    }
  )
}
