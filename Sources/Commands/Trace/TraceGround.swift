internal import LinuxSystem
internal import Observation
internal import Reporting
internal import SystemPackage

/// A network namespace that a live trace looks into.
struct TraceGround {
  /// What documents call it.
  let name: String
  let namespace: NetworkNamespace
  /// Whether it is a container's, which forwards nothing.
  var isContainer = false

  /// The namespaces that scopes name, each once; the host's alone without any.
  static func grounds(for scopes: [String]) throws(Exit) -> [TraceGround] {
    var found: [TraceGround] = []
    for text in scopes.isEmpty ? ["host"] : scopes {
      let ground = try ground(for: text)
      if !found.contains(where: { $0.namespace.identity == ground.namespace.identity }) {
        found.append(ground)
      }
    }
    return found
  }

  private static func ground(for text: String) throws(Exit) -> TraceGround {
    switch Scope(text) {
    case .host:
      do { return TraceGround(name: "host", namespace: try .current()) } catch {
        throw .missing("the network namespace of this process can't be opened: \(error)")
      }
    case .namespace(let name):
      let path = name.contains("/") ? name : "/run/netns/" + name
      return TraceGround(name: name, namespace: try open(path))
    case .container(let name): return try container(name)
    case .bridge, .engine, nil:
      throw .usage("--on \(text.printable): trace looks into host, container:NAME or netns:PATH.")
    }
  }

  /// The namespace of a container that an engine knows, by its name or the beginning of its id.
  private static func container(_ name: String) throws(Exit) -> TraceGround {
    let snapshot: Snapshot
    do { snapshot = try LiveHost.snapshot() } catch { throw Exit(explaining: error) }
    let unreadable = snapshot.engines.compactMap { engine in
      if case .unreadable(let reason) = engine.containers {
        "\(engine.id): \(reason)"
      } else {
        nil as String?
      }
    }
    let found = snapshot.engines.flatMap { engine in
      (engine.containers.value ?? []).filter {
        $0.name == name || (name.count >= 12 && $0.id.hasPrefix(name))
      }
      .map { (engine: engine, container: $0) }
    }
    guard let only = found.first else {
      if !unreadable.isEmpty {
        throw .missing(
          "whether there is a container \(name.printable) isn't known: \(unreadable.joined(separator: "; ").printable)"
        )
      }
      let known = snapshot.engines.flatMap { ($0.containers.value ?? []).map(\.name) }.sorted()
      throw .usage(
        "no engine knows a container \(name.printable)."
          + (known.isEmpty
            ? " None was found here." : " There are: \(known.joined(separator: ", ").printable).")
      )
    }
    guard found.count == 1 else {
      let sockets = found.map { $0.engine.sockets.first ?? $0.engine.id }.sorted()
      throw .usage(
        "\(found.count) engines have a container \(name.printable): \(sockets.joined(separator: ", ").printable)."
          + " Name it by its id."
      )
    }
    guard only.container.pid > 0 else { throw .usage("the container \(name.printable) isn't running.") }
    return TraceGround(
      name: only.container.name,
      namespace: try open("/proc/\(only.container.pid)/ns/net"),
      isContainer: true
    )
  }

  private static func open(_ path: String) throws(Exit) -> NetworkNamespace {
    do { return try NetworkNamespace.open(path) } catch {
      if error.errno == .permissionDenied || error.errno == .notPermitted {
        throw .missing("\(path.printable): entering another network namespace needs root.")
      }
      throw .usage("\(path.printable) is no network namespace that can be opened: \(error)")
    }
  }

  /// Why it can't be looked into.
  func explain(_ error: SystemError) -> Exit {
    switch (error.operation, error.errno) {
    case ("setns", .invalidArgument): .usage("\(name.printable) is no network namespace.")
    case ("setns", .notPermitted):
      .missing("\(name.printable): entering another network namespace needs root (CAP_SYS_ADMIN).")
    case (_, .notPermitted): .missing(Self.privilegeAdvice(name))
    default: .missing("\(name.printable) can't be looked into: \(error)")
    }
  }

  /// What somebody needs who may not capture.
  private static func privilegeAdvice(_ name: String) -> String {
    "capturing in \(name.printable) needs CAP_NET_RAW: run as root, or give it to the program:"
      + " setcap cap_net_raw,cap_net_admin+ep \(Machine.programPath.printable)"
  }
}
