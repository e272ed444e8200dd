/// What the headers of every answer say about an engine.
public struct EnginePing: Hashable, Sendable {
  /// The newest version of the API that it knows (`Api-Version`).
  public let apiVersion: APIVersion
  /// The program that answers, such as "Docker" or "Libpod" (Podman in Docker's clothes).
  public let program: String
  /// Its version, such as "20.10.24+dfsg1"; nil if it doesn't say.
  public let version: String?

  /// Reads the headers `Api-Version` and `Server`, such as "Docker/20.10.24+dfsg1 (linux)".
  init?(apiVersion: String?, server: String?) {
    guard let version = apiVersion.flatMap({ APIVersion($0) }) else { return nil }
    self.apiVersion = version
    let product = (server ?? "").split(separator: " ").first ?? ""
    let parts = product.split(separator: "/", maxSplits: 1)
    program = parts.first.map(String.init) ?? "Docker"
    self.version = parts.count == 2 ? String(parts[1]) : nil
  }
}
