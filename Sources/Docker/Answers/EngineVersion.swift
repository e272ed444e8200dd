/// The answer to GET /version.
public struct EngineVersion: Hashable, Sendable, Decodable {
  /// The engine's version, such as "20.10.24+dfsg1".
  public let version: String
  /// The newest version of the API that it knows.
  public let apiVersion: String
  /// The oldest version of the API that it still answers to.
  public let oldestAPIVersion: String?

  private enum CodingKeys: String, CodingKey {
    case version = "Version"
    case apiVersion = "ApiVersion"
    case oldestAPIVersion = "MinAPIVersion"
  }
}
