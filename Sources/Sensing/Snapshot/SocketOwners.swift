internal import LinuxSystem
internal import Observation

/// Which process has which socket open.
struct SocketOwners: Sendable {
  private var owners: [UInt64: ProcessSnapshot] = [:]

  /// As many descriptors as are looked at in all: a host may have hundreds of thousands.
  private static let most = 50_000

  /// Nobody's.
  init() {}

  /// The sockets of these processes, as far as /proc/PID/fd lets this user see them.
  init(of processes: [ProcessSnapshot]) {
    var looked = 0
    for process in processes where looked < Self.most {
      let directory = "/proc/\(process.pid)/fd"
      for name in (try? Directory.names(directory)) ?? [] {
        looked += 1
        guard let target = try? Directory.target(of: "\(directory)/\(name)"), target.hasPrefix("socket:["),
          let inode = UInt64(target.dropFirst(8).dropLast())
        else { continue }
        if owners[inode] == nil { owners[inode] = process }
      }
    }
  }

  /// The process that has a socket.
  subscript(inode: UInt64) -> ProcessSnapshot? { owners[inode] }

  /// Those of `other` where this one knows none.
  func merging(_ other: SocketOwners) -> SocketOwners {
    var merged = self
    merged.owners.merge(other.owners) { own, _ in own }
    return merged
  }
}
