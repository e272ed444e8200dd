internal import NetworkTypes
internal import Observation

/// Two containers of a bridge with one MAC.
struct ContainerMacDuplicateCheck: Check {
  let entry = CatalogueEntry(
    number: 5,
    id: "container-mac-dup",
    title: "two containers on one bridge have the same MAC",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "Containers get the same MAC if it is set in a compose file and the service is scaled, if an image or a"
        + " virtual machine is cloned with it, or by an engine's mistake: Docker 25.0 kept a container's MAC when its"
        + " address changed, and gave another container the MAC that belongs to that address.",
      "A bridge learns one port for each MAC. Whoever of the two sent last gets the frames for both; the other loses"
        + " its answers until it sends again. Under load this looks like random loss of half the packets.",
    ],
    why:
      "br_fdb_update moves the entry of a MAC to the port where it was last seen as a source, and"
      + " br_handle_frame_finish forwards to that port only.",
    byHand: [
      "bridge monitor fdb                 # the same MAC at one port, then at another",
      "docker inspect -f '{{.Name}} {{range .NetworkSettings.Networks}}{{.MacAddress}} {{end}}' $(docker ps -q)",
    ],
    sources: ["m#47146", "m#48082", "fl#589", "net/bridge/br_fdb.c (br_fdb_update)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard bridge.containers.count > 1 else { return .notApplicable("fewer than two containers are on it") }
      var owners: [MACAddress: [ContainerView]] = [:]
      var unknown: [String] = []
      for container in bridge.containers {
        if let address = container.linkAddress {
          owners[address, default: []].append(container)
        } else {
          unknown.append(container.name)
        }
      }
      let shared = owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      guard let (address, twins) = shared.first else {
        guard unknown.isEmpty else { throw Missing(what: "the MAC of \(unknown[0])") }
        return .passed("its \(bridge.containers.count) containers have different MACs")
      }
      let names = twins.map(\.name).joined(separator: " and ")
      return finding(
        bridge.subject,
        summary: "\(names) on \(bridge.name) have the same MAC, \(address).",
        consequence: "Frames for either go to whichever sent last; both lose answers while both talk.",
        evidence: shared.flatMap { address, containers in
          containers.map {
            Evidence(
              "\($0.name), behind \($0.port.name)",
              "\(address)",
              "the bridge can hold one port for it only"
            )
          }
        },
        remedies: [
          Remedy(
            .runtime,
            "Give one of them another MAC until it is made again.",
            commands: [
              twins[twins.count - 1].command(
                "ip link set dev \(twins[twins.count - 1].interface?.name ?? "eth0") address 02:42:$(od -An -N4 -tx1"
                  + " /dev/urandom | tr ' ' ':' | cut -c2-)"
              )
            ]
          ),
          Remedy(
            .persistent,
            "Remove the fixed MAC from the container's definition (mac_address, --mac-address) and make it anew;"
              + " from Docker 25.0.0 to 25.0.1, update."
          ),
        ]
      )
    }
  }
}
