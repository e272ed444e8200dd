/// Draws a lab's host.
enum LabDrawing {
  /// Draws one host of the lab, with what is the same for all written beside it.
  static func draw(_ topology: ExperimentDocument.Topology, into layout: inout TextLayout) {
    let cell = 11
    let names = topology.containers.map { centred($0, in: cell) }.joined()
    let stems = topology.containers.map { _ in centred("|", in: cell) }.joined()
    let rail = String(repeating: "=", count: max(names.count, 24))
    let middle = centred("|", in: rail.count)
    func line(_ picture: String, _ note: String = "") {
      let padded = TextLayout.padded("  " + picture, to: rail.count + 4)
      layout.line((padded + note).trimmingTrailingSpaces)
    }
    let isUpstream = topology.resolver == "upstream"
    line(names, "\(topology.hosts) hosts like this one")
    line(topology.containers.map { _ in centred("eth0", in: cell) }.joined(), "each in a namespace")
    line(stems)
    line(rail, "br0 172.18.0.1")
    line(middle)
    line(centred("eth0", in: rail.count), "forwarding, masquerade")
    line(middle)
    line(rail, isUpstream ? "upstream: resolver" : "upstream")
    if !isUpstream {
      line(
        "",
        "resolver: " + (topology.resolver == "host" ? "on the host" : "container " + topology.resolver)
      )
    }
    if topology.resolverProgram != "kingpost" { line("", "run by " + topology.resolverProgram) }
  }

  private static func centred(_ text: String, in width: Int) -> String {
    let left = max(0, (width - text.count) / 2)
    return TextLayout.padded(String(repeating: " ", count: left) + text, to: width)
  }
}
