/// What every document begins with: who says it, about where, and what could not be looked at.
public struct DocumentHeader: Encodable, Hashable, Sendable {
  /// The program and its version, such as "kingpost 0.1.0".
  public var tool: String
  /// The machine's name.
  public var host: String
  /// The kernel's id of this boot (`/proc/sys/kernel/random/boot_id`).
  public var bootId: String
  /// The kernel's release.
  public var kernel: String
  /// The network namespace that the program was started in, by its inode number.
  public var namespace: String
  /// What the program may do: "root", or "user namespace of uid N".
  public var privileges: String
  /// Whether everything that was meant to be done was done.
  public var complete: Bool
  /// What could not be looked at, and why.
  public var blindSpots: [String]

  /// A header.
  public init(
    tool: String,
    host: String,
    bootId: String,
    kernel: String,
    namespace: String,
    privileges: String,
    complete: Bool,
    blindSpots: [String]
  ) {
    self.tool = tool
    self.host = host
    self.bootId = bootId
    self.kernel = kernel
    self.namespace = namespace
    self.privileges = privileges
    self.complete = complete
    self.blindSpots = blindSpots
  }
}
