/// How an experiment goes, for whoever watches it.
public enum Progress: Sendable {
  /// The hosts are there; how long that took.
  case built(hosts: Int, containers: Int, seconds: Double)
  /// Every container that asks had its first answer.
  case ready(seconds: Double)
  /// How the arms stand, so many seconds after the load began.
  case arms([ArmProgress], seconds: Double)
  /// A lookup failed, so many seconds after the load began.
  case failure(arm: String, host: Int, part: String, container: String, name: String, seconds: Double)
  /// The load has ended, at its end or early.
  case loadEnded(seconds: Double, isComplete: Bool)

  /// One arm at a moment.
  public struct ArmProgress: Sendable {
    /// "healthy", "fault" or "cured".
    public let title: String
    /// How many hosts it has.
    public let hosts: Int
    /// On how many of them the change has happened.
    public let changed: Int
    /// How many lookups have ended.
    public let lookups: Int
    /// How many of them failed.
    public let failed: Int
    /// On how many hosts a lookup has failed.
    public let hostsHit: Int
  }
}
