import NetworkTypes
import Observation

/// Damage to resolvers and their configuration.
extension SnapshotWorld {
  /// Gives containers another resolv.conf.
  mutating func setResolver(_ text: String, in containers: String...) {
    for name in containers { edit(name) { $0.resolver = .value(text) } }
  }

  /// Takes the resolver configuration from all containers.
  mutating func removeResolvers(_ reading: Reading<String> = .absent) {
    for position in snapshot.namespaces.indices where snapshot.namespaces[position].role == .container {
      snapshot.namespaces[position].resolver = reading
    }
  }

  /// Gives the machine's files; what isn't given is absent.
  mutating func setHostFiles(_ files: [String: String]) {
    snapshot.management.resolverFiles = files.mapValues { .value($0) }
    edit { $0.resolver = files["/etc/resolv.conf"].map { .value($0) } ?? .absent }
  }

  /// Adds a socket that listens.
  mutating func listen(
    at address: String,
    port: UInt16 = 53,
    by process: ProcessSnapshot? = nil,
    drops: UInt64 = 0,
    in name: String? = nil
  ) {
    guard let address = IPAddress(address) else { return }
    let listener = ListenerSnapshot(
      transport: "udp",
      address: address,
      port: port,
      drops: drops,
      process: process
    )
    edit(name) { $0.listeners = $0.listeners.map { $0 + [listener] } }
  }
}
