internal import Docker
internal import LinuxSystem
internal import Observation
internal import SystemPackage

/// One dockerd: its process, where its files and sockets are, and what it was told.
struct DockerDaemon: Sendable {
  private let process: ProcessList.Entry
  private let processes: ProcessList
  private let timeLimit: Duration
  private let user: Int32
  private let arguments: [String]
  /// How to reach its files: "" if it sees the same as we do, else "/proc/PID/root".
  private let prefix: String
  /// Whether it counts processes otherwise than we do.
  private let hasOwnProcessIdentifiers: Bool

  init(_ process: ProcessList.Entry, processes: ProcessList, timeLimit: Duration) {
    self.process = process
    self.processes = processes
    self.timeLimit = timeLimit
    user = process.status("Uid").first ?? 0
    arguments = Array(process.commandLine().dropFirst())
    let mounts = process.namespace("mnt")
    let root = try? Directory.target(of: "/proc/\(process.pid)/root")
    // Without the right to see where it lives, its paths are taken for ours.
    let isElsewhere =
      mounts.map { $0 != ProcessList.Entry.namespace("mnt", of: "self") } ?? false || root ?? "/" != "/"
    prefix = isElsewhere ? "/proc/\(process.pid)/root" : ""
    let identifiers = process.namespace("pid")
    hasOwnProcessIdentifiers =
      identifiers.map { $0 != ProcessList.Entry.namespace("pid", of: "self") } ?? false
  }

  /// Asks it, and reads its files.
  func sense() -> EngineSnapshot {
    var snapshot = EngineSnapshot(
      id: "docker:pid \(process.pid)",
      kind: .docker,
      process: ProcessSnapshot(pid: process.pid, name: process.name, started: process.started),
      namespace: process.namespace("net"),
      isNested: hasOwnProcessIdentifiers || user != 0,
      isRootless: user != 0
    )
    do {
      let root = try ProcessRoot(of: prefix.isEmpty ? nil : process.pid)
      let settings = readSettings(root, &snapshot)
      askSockets(root, settings, &snapshot)
      placeWithoutRights(&snapshot)
    } catch {
      let reason = "the files of pid \(process.pid): \(error)"
      snapshot.settings = .unreadable(reason: reason)
      snapshot.version = .unreadable(reason: reason)
      snapshot.networks = .unreadable(reason: reason)
      snapshot.containers = .unreadable(reason: reason)
    }
    return snapshot
  }

  /// Flags over the file; the flags alone if the file can't be read, which the snapshot then says.
  private func readSettings(_ root: borrowing ProcessRoot, _ snapshot: inout EngineSnapshot) -> DaemonSettings
  {
    let flags = DaemonSettings(arguments: arguments)
    let given = flags["config-file"]?.text
    let path = given ?? usualConfigurationFile(root)
    do {
      let text = try root.read(path)
      snapshot.configurationFile = prefix + path
      let settings = flags.over(try DaemonSettings(file: text))
      snapshot.settings = .value(settings.relevant)
      return settings
    } catch let mistake as ConfigurationMistake {
      snapshot.settings = .unreadable(reason: "\(prefix + path):\(mistake.line): \(mistake.what)")
    } catch let error as SystemError where error.errno == .noSuchFileOrDirectory && given == nil {
      snapshot.settings = .value(flags.relevant)
    } catch {
      snapshot.settings = .unreadable(reason: "\(error)")
    }
    return flags
  }

  private func usualConfigurationFile(_ root: borrowing ProcessRoot) -> String {
    guard user != 0 else { return "/etc/docker/daemon.json" }
    let accounts = (try? root.read("/etc/passwd")) ?? ""
    let account = accounts.split(separator: "\n").map {
      $0.split(separator: ":", omittingEmptySubsequences: false)
    }
    .first { $0.count > 5 && Int32($0[2]) == user }
    return (account.map { String($0[5]) } ?? "/home/\(user)") + "/.config/docker/daemon.json"
  }

  private func askSockets(
    _ root: borrowing ProcessRoot,
    _ settings: DaemonSettings,
    _ snapshot: inout EngineSnapshot
  ) {
    let addresses = DockerSockets.addresses(
      of: settings["hosts"]?.texts ?? [],
      usual: user == 0 ? "/var/run/docker.sock" : "/run/user/\(user)/docker.sock",
      activated: { DockerSockets.inherited(by: process.pid) }
    )
    let paths = addresses.filter { $0.hasPrefix("/") }.map { path in
      let short = path.hasPrefix("/var/run/") ? String(path.dropFirst("/var".count)) : path
      return root.identity(short) == root.identity(path) ? short : path
    }
    snapshot.sockets = paths.map { prefix + $0 } + addresses.filter { !$0.hasPrefix("/") }
    if let first = snapshot.sockets.first { snapshot.id = "docker:" + first }
    var reason =
      paths.isEmpty ? "it listens on \(addresses.joined(separator: ", ")) only, which isn't asked" : nil
    for path in paths {
      guard let failure = ask(path, root, &snapshot) else { return }
      reason = reason ?? failure
    }
    let why = reason ?? "it has no socket"
    snapshot.version = .unreadable(reason: why)
    snapshot.networks = .unreadable(reason: why)
    snapshot.containers = .unreadable(reason: why)
  }

  /// Asks at one socket; nil, or why it can't be reached there. What can't be reached may be at another socket, what
  /// hangs hangs there too.
  private func ask(
    _ path: String,
    _ root: borrowing ProcessRoot,
    _ snapshot: inout EngineSnapshot
  ) -> String? {
    let target: Descriptor
    do { target = try root.find(path) } catch { return "\(error)" }
    let engine = DockerEngine(target, socket: prefix + path, timeLimit: timeLimit)
    do { _ = try engine.ping() } catch { if error.code == .unreachable { return "\(error)" } }
    DockerQuestions(engine: engine, locate: locate).ask(&snapshot)
    return nil
  }

  /// Without root's rights nobody says which namespace a daemon is in. It is taken for ours, unless its control group is
  /// a container's, or a bridge that it says it has isn't here: then it belongs to none that is known.
  private func placeWithoutRights(_ snapshot: inout EngineSnapshot) {
    guard snapshot.namespace == nil, !snapshot.isNested else { return }
    let group = (try? TextFile.read("/proc/\(process.pid)/cgroup")) ?? ""
    let bridges = (snapshot.networks.value ?? []).compactMap(\.bridge)
    guard !["docker", "libpod", "kubepods", "lxc"].contains(where: { Self.isContainer(group, of: $0) }),
      bridges.allSatisfy({ (try? TextFile.read("/sys/class/net/\($0)/bridge/bridge_id")) != nil })
    else { return }
    snapshot.namespace = ProcessList.Entry.namespace("net", of: "self")
  }

  /// Whether a /proc/PID/cgroup names a group such as "/docker/ID", "docker-ID.scope" or "/lxc.payload.NAME"; dockerd's
  /// own is "docker.service".
  static func isContainer(_ group: String, of engine: String) -> Bool {
    group.split(whereSeparator: { $0 == "/" || $0.isNewline }).contains { part in
      part == engine || part.hasPrefix(engine + "-") || part.hasPrefix(engine + ".payload")
    }
  }

  /// The machine's id of a process that the daemon knows by another; nil if it can't be found.
  @Sendable private func locate(_ pid: Int32) -> Int32? {
    guard hasOwnProcessIdentifiers else { return pid }
    let own = process.namespace("pid")
    let level = process.status("NSpid").count
    guard own != nil, level > 0 else { return nil }
    return processes.entries.first { candidate in
      let identifiers = candidate.status("NSpid")
      return identifiers.count >= level && identifiers[level - 1] == pid
        && (candidate.namespace("pid") == own
          || processes.ancestors(of: candidate.pid).contains { $0.namespace("pid") == own })
    }?.pid
  }
}
