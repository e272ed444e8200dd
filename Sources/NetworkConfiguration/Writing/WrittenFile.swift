/// A file to be added to a host.
public struct WrittenFile: Hashable, Sendable {
  /// Its path.
  public let path: String
  /// Its text.
  public let content: String
  /// Its permission bits.
  public let permissions: UInt32

  /// A file.
  public init(path: String, content: String, permissions: UInt32 = 0o644) {
    self.path = path
    self.content = content
    self.permissions = permissions
  }
}
