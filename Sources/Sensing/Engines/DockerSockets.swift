internal import LinuxSystem
internal import SystemPackage

/// Where a dockerd listens.
enum DockerSockets {
  /// The addresses that `hosts` name: paths for local sockets, and URLs for others.
  ///
  /// - Parameters:
  ///   - usual: where it listens if it isn't told, and nothing shows otherwise: where that is depends on a rootless
  ///     daemon's environment (XDG_RUNTIME_DIR), which isn't read.
  ///   - activated: the sockets that it has, of systemd or its own.
  static func addresses(of hosts: [String], usual: String, activated: () -> [String]) -> [String] {
    guard !hosts.isEmpty else {
      let given = activated().filter { $0.hasSuffix("/docker.sock") }
      return given.isEmpty || given.contains(usual) ? [usual] : given
    }
    var addresses: [String] = []
    for host in hosts {
      if host.hasPrefix("unix://") {
        let path = String(host.dropFirst("unix://".count))
        addresses.append(path.isEmpty ? usual : path)
      } else if host.hasPrefix("fd://") {
        let given = activated()
        addresses += given.isEmpty ? [usual] : given
      } else {
        addresses.append(host)
      }
    }
    var seen: Set<String> = []
    return addresses.filter { seen.insert($0).inserted }
  }

  /// The local sockets that a process listens on, by /proc/PID/fd, without those for its helpers; none if they can't
  /// be seen. systemd makes them in its own network namespace, which needn't be the daemon's.
  static func inherited(by pid: Int32) -> [String] {
    let folder = "/proc/\(pid)/fd"
    let links = ((try? Directory.names(folder)) ?? []).compactMap {
      try? Directory.target(of: "\(folder)/\($0)")
    }
    let inodes = Set(links.filter { $0.hasPrefix("socket:[") }.map { String($0.dropFirst(8).dropLast()) })
    guard !inodes.isEmpty else { return [] }
    var paths: [String] = []
    for process in ["\(pid)", "1"] {
      let table = (try? TextFile.read("/proc/\(process)/net/unix")) ?? ""
      paths += listening(in: table, inodes: inodes).filter { !paths.contains($0) }
    }
    return paths
  }

  /// The paths of the listening stream sockets with these inodes in a /proc/net/unix (unix(7)).
  static func listening(in table: String, inodes: Set<String>) -> [String] {
    table.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: " ", maxSplits: 7, omittingEmptySubsequences: true)
      // Num RefCount Protocol Flags Type St Inode Path; the flag is __SO_ACCEPTCON (net/sock.h).
      guard fields.count == 8, fields[3] == "00010000", fields[4] == "0001",
        inodes.contains(String(fields[6])),
        fields[7].hasPrefix("/"), !isHelpers(fields[7])
      else { return nil }
      return String(fields[7])
    }
  }

  private static func isHelpers(_ path: Substring) -> Bool {
    path.hasSuffix("/metrics.sock")
      || ["/libnetwork/", "/containerd/", "/plugins/", "/swarm/"].contains { path.contains($0) }
  }
}
