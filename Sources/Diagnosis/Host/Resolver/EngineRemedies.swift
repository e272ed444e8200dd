internal import NetworkTypes
internal import Observation

/// How to give a Docker daemon a setting.
enum EngineRemedies {
  /// A setting, as JSON, in the daemon's configuration: a new file if it has none, otherwise a merge to be read
  /// before it takes the file's place.
  static func setting(_ key: String, json: String, of engine: EngineSnapshot, _ text: String) -> Remedy {
    let restart = restartCommand(of: engine)
    guard let file = engine.configurationFile else {
      return Remedy(
        .persistent,
        "dockerd: \(text)",
        commands: [restart],
        files: [Remedy.File(path: "/etc/docker/daemon.json", content: "{\n  \"\(key)\": \(json)\n}\n")]
      )
    }
    return Remedy(
      .persistent,
      "dockerd: \(text) The file exists, so this makes the merged one beside it; look at it before the last step.",
      commands: [
        "jq '.[\"\(key)\"] = \(json)' \(file) > \(file).new && diff \(file) \(file).new",
        "mv \(file).new \(file)", restart,
      ]
    )
  }

  /// How a daemon is restarted; which service another than the first belongs to isn't known here.
  static func restartCommand(of engine: EngineSnapshot) -> String {
    engine.id.hasSuffix("/docker.sock") || engine.sockets.contains { $0.hasSuffix("/docker.sock") }
      ? "systemctl restart docker"
      : "systemctl restart SERVICE   # the service whose daemon is \(engine.id)"
  }

  /// Addresses as a JSON list.
  static func json(_ addresses: [IPAddress]) -> String {
    "[" + addresses.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
