/// What GET /containers/ID/json says besides: without the container's command, environment and labels.
public struct DockerContainerState: Hashable, Sendable, Decodable {
  /// The id of the container's first process in the engine's pid namespace; 0 if it doesn't run.
  public let pid: Int32
  /// When it was started: RFC 3339.
  public let started: String?
  /// The DNS servers that it was given explicitly.
  public let dns: [String]

  private enum Key: String, CodingKey {
    case state = "State"
    case host = "HostConfig"
  }
  private struct State: Decodable {
    let pid: Int32?
    let started: String?
    enum CodingKeys: String, CodingKey {
      case pid = "Pid"
      case started = "StartedAt"
    }
  }
  private struct Host: Decodable {
    let dns: [String]?
    enum CodingKeys: String, CodingKey { case dns = "Dns" }
  }

  /// Reads the answer; lists may be null.
  public init(from decoder: any Decoder) throws {
    let answer = try decoder.container(keyedBy: Key.self)
    let state = try answer.decode(State.self, forKey: .state)
    pid = max(state.pid ?? 0, 0)
    started = state.started
    dns = try answer.decodeIfPresent(Host.self, forKey: .host)?.dns ?? []
  }
}
