internal import NetworkConfiguration
internal import Observation

/// The processes that the collector saw, and the namespaces that they are in.
struct CollectedProcesses {
  /// By the numbers of their namespaces, in the order of their ids.
  private(set) var byNamespace: [String: [ProcessSnapshot]] = [:]
  /// By their ids.
  private(set) var byId: [Int32: ProcessSnapshot] = [:]
  /// The namespaces' numbers by processes.
  private(set) var namespaces: [Int32: String] = [:]
  /// Who has which socket, by its inode's number.
  private(set) var owners: [UInt64: ProcessSnapshot] = [:]

  init(_ parts: CollectedParts) {
    let ticks = parts.line("ticks").flatMap { Double($0) } ?? 100
    for line in parts.lines("processes") {
      let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      guard words.count == 3, let pid = Int32(words[0]) else { continue }
      let started = Double(words[1]).map { $0 / max(1, ticks) }
      byId[pid] = ProcessSnapshot(pid: pid, name: String(words[2]), started: started)
    }
    for line in parts.lines("arguments") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard let pid = words.first.flatMap({ Int32($0) }), let process = byId[pid] else { continue }
      let option = words.count > 1 ? DnsmasqFiles.arguments([String(words[1])]) : []
      byId[pid]?.arguments = (process.arguments ?? []) + option
    }
    for line in parts.lines("memberships") {
      let words = line.split(separator: " ")
      guard words.count == 2, let pid = Int32(words[0]) else { continue }
      namespaces[pid] = String(words[1])
    }
    for (pid, process) in byId.sorted(by: { $0.key < $1.key }) {
      if let namespace = namespaces[pid] { byNamespace[namespace, default: []].append(process) }
    }
    for line in parts.lines("sockets") {
      let words = line.split(separator: " ")
      guard words.count == 2, let pid = Int32(words[0]), let inode = UInt64(words[1]) else { continue }
      owners[inode] = byId[pid]
    }
  }

  /// Engines, resolvers and managers in a namespace; of a container's the first as well.
  func mattering(in namespace: String, _ role: NamespaceSnapshot.Role) -> [ProcessSnapshot] {
    let all = byNamespace[namespace] ?? []
    let known = all.filter {
      ResolverPrograms.daemons.contains($0.name) || ResolverPrograms.names.contains($0.name)
        || ResolverPrograms.managers.contains($0.name)
    }
    guard role == .container, let first = all.first, !known.contains(first) else { return known }
    return [first] + known
  }
}
