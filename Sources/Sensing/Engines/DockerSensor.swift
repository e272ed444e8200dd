internal import Docker
internal import LinuxSystem
internal import Observation
internal import Synchronization
internal import SystemPackage

/// Finds every dockerd, asks it over its socket, and reads its settings.
struct DockerSensor {
  let processes: ProcessList
  let timeLimit: Duration

  /// As many dockerds as are asked; whatever more a machine shows is no engine's host any more.
  static let most = 64

  /// The running daemons; and one that only shows by its socket, as in a container that was given it.
  func sense() -> [EngineSnapshot] {
    let daemons = processes.named("dockerd").filter(isDaemon).prefix(Self.most).map {
      DockerDaemon($0, processes: processes, timeLimit: timeLimit)
    }
    let found = Mutex<[Int: EngineSnapshot]>([:])
    askAll(daemons[...], from: 0) { index, engine in found.withLock { $0[index] = engine } }
    let engines = found.withLock { found in found.sorted { $0.key < $1.key }.map(\.value) }
    return engines + unclaimed(besides: engines)
  }

  /// A process that a daemon is about to turn into another program looks like the daemon for a moment.
  private func isDaemon(_ entry: ProcessList.Entry) -> Bool { processes[entry.parent]?.name != "dockerd" }

  /// Asks each on a thread of its own, so that one that hangs doesn't keep the others waiting.
  private func askAll(
    _ daemons: ArraySlice<DockerDaemon>,
    from index: Int,
    _ found: @escaping @Sendable (Int, EngineSnapshot) -> Void
  ) {
    guard let daemon = daemons.first else { return }
    if daemons.count == 1 { return found(index, daemon.sense()) }
    let thread = NamespaceThread.start { found(index, daemon.sense()) }
    askAll(daemons.dropFirst(), from: index + 1, found)
    thread.wait()
  }

  /// The daemon behind the usual socket, unless it is one that was found by its process.
  private func unclaimed(besides engines: [EngineSnapshot]) -> [EngineSnapshot] {
    let path = "/run/docker.sock"
    guard let root = try? ProcessRoot(of: nil), let identity = root.identity(path) else { return [] }
    let claimed = engines.flatMap(\.sockets).compactMap { root.identity($0) }
    guard !claimed.contains(identity), !engines.contains(where: { $0.sockets.contains(path) }),
      let engine = try? DockerEngine(socket: path, timeLimit: timeLimit)
    else { return [] }
    do {
      // Podman can listen there too, and is found by its files.
      guard try engine.ping().program == "Docker" else { return [] }
    } catch  where error.code == .unreachable && error.message.contains("nobody listens") {
      return []
    } catch {}
    var snapshot = EngineSnapshot(
      id: "docker:" + path,
      kind: .docker,
      sockets: [path],
      settings: .unreadable(reason: "the process behind \(path) can't be seen")
    )
    DockerQuestions(engine: engine, locate: { _ in nil }).ask(&snapshot)
    return [snapshot]
  }
}
