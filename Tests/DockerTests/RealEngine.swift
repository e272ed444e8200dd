import Docker
import FoundationEssentials
import Glibc
import LinuxSystem
import SystemPackage
import Testing

/// A real dockerd with folders of its own.
final class RealEngine {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// How it is started.
  enum Start {
    /// It makes its socket itself.
    case plainly
    /// In namespaces of its own for processes and mounts, as in a container.
    case nested
    /// With a socket that somebody else made, as systemd does (sd_listen_fds(3)).
    case activated
  }

  let name: String
  private let folder: String
  private let flags: [String]
  private let start: Start
  private var process: ChildProcess?

  /// The socket that it listens on.
  var socket: String { folder + "/docker.sock" }
  /// The file that it reads if it exists when it starts.
  var configurationFile: String { folder + "/daemon.json" }
  /// Its process; of a nested one the one that waits for it.
  var pid: Int32 { process?.identifier ?? 0 }

  init(_ name: String, in folder: EngineFolder, flags: [String] = [], _ start: Start = .plainly) {
    self.name = name
    self.start = start
    self.folder = folder.path + "/" + name
    self.flags = flags
    try? FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
  }

  /// Starts it, and waits until it answers. Its folder, socket and cgroup driver are all that differs from the defaults
  /// besides its flags.
  func start(in namespace: NetworkNamespace) throws {
    var arguments =
      try command() + [
        "--data-root", folder + "/data", "--exec-root", folder + "/exec", "--pidfile", folder + "/pid",
        "-H", start == .activated ? "fd://" : "unix://" + socket, "--exec-opt",
        "native.cgroupdriver=cgroupfs",
      ]
    if FileManager.default.fileExists(atPath: configurationFile) {
      arguments += ["--config-file", configurationFile]
    }
    let log = folder + "/log"
    let sink = try Descriptor(opening: log, .writeOnly, options: [.create, .append])
    let process = try ChildProcess(
      arguments[0],
      Array(arguments.dropFirst()) + flags,
      in: namespace,
      errors: sink.rawValue
    )
    self.process = process
    let path = socket
    Waiting.until(.seconds(30)) {
      (try? LocalStream(connectingTo: path, deadline: .now + .seconds(1))) != nil
        || process.exitStatusIfEnded() != nil
    }
    do {
      // From now on it is the daemon that lets us wait.
      _ = try DockerEngine(socket: socket, timeLimit: .seconds(30)).ping()
      try importImage()
    } catch {
      let said = (try? TextFile.read(log))?.split(separator: "\n").suffix(5).joined(separator: "\n") ?? ""
      throw Failure(description: "dockerd \(name): \(error)\n\(said)")
    }
  }

  /// The program, with whatever comes before dockerd's own flags.
  private func command() throws -> [String] {
    let program = try #require(Program.find("dockerd"))
    switch start {
    case .plainly: return [program]
    case .nested:
      let unshare = try #require(Program.find("unshare"))
      return [unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", program]
    case .activated:
      let script = """
        import os, socket, sys
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(sys.argv[1])
        listener.listen()
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execv(sys.argv[2], sys.argv[2:])
        """
      return [try #require(Program.find("python3")), "-c", script, socket, program]
    }
  }

  /// Runs docker(1); what it prints.
  @discardableResult
  func docker(_ arguments: String...) throws -> String { try docker(arguments) }

  private func docker(_ arguments: [String]) throws -> String {
    let path = try #require(Program.find("docker"))
    let output = try ProgramOutput.read(
      path,
      ["-H", "unix://" + socket] + arguments,
      timeout: .seconds(30),
      limit: 1 << 20
    )
    return output.split(separator: "\n").joined(separator: "\n")
  }

  /// Starts a container that sleeps; its id.
  @discardableResult
  func startContainer(_ name: String, _ options: String...) throws -> String {
    try docker(
      ["run", "-d", "--name", name, "--stop-signal", "KILL"] + options + [
        "kingpost:test", "/bin/busybox", "sleep", "900",
      ]
    )
  }

  /// An image of nothing but busybox, and the libraries of one that isn't static.
  private func importImage() throws {
    guard try docker("images", "-q", "kingpost:test").isEmpty else { return }
    let archive = folder + "/image.tar"
    let busybox = try #require(Program.find("busybox"))
    let libraries = Self.libraries(of: busybox)
    let program = String(busybox.dropFirst())
    _ = try ProgramOutput.read(
      try #require(Program.find("tar")),
      ["-C", "/", "-hcf", archive, "--transform", "s,^\(program)$,bin/busybox,", program]
        + libraries.map { String($0.dropFirst()) },
      timeout: .seconds(30),
      limit: 1 << 16
    )
    try docker("import", archive, "kingpost:test")
  }

  /// The paths that ldd(1) prints, "NAME => PATH (ADDRESS)" or "PATH (ADDRESS)"; none for a static program.
  private static func libraries(of program: String) -> [String] {
    guard let ldd = Program.find("ldd"),
      let lines = try? ProgramOutput.read(ldd, [program], timeout: .seconds(10), limit: 1 << 16)
    else { return [] }
    return lines.split(separator: "\n").compactMap { line in
      line.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("/") }.map(String.init)
    }
  }

  /// Makes it hang: nothing of it runs until it is resumed.
  func pause() throws { try systemCall("kill", name) { kill(pid, SIGSTOP) } }

  /// Lets it go on.
  func resume() { kill(pid, SIGCONT) }

  /// Ends it with its containers, for good if it doesn't end by itself.
  func stop(removingContainers: Bool = true) {
    guard let process else { return }
    self.process = nil
    if removingContainers, let all = try? docker("ps", "-aq").split(separator: "\n").map(String.init),
      !all.isEmpty
    {
      _ = try? docker(["rm", "-f"] + all)
    }
    // unshare(1) ignores SIGTERM while it waits, and what it waits for ends with it.
    kill(process.identifier, start == .nested ? SIGKILL : SIGTERM)
    if !Waiting.until(.seconds(20), { process.exitStatusIfEnded() != nil }) {
      kill(process.identifier, SIGKILL)
    }
  }
}
