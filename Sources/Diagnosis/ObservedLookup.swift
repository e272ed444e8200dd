public import Observation

/// A lookup and who made it.
public struct ObservedLookup: Hashable, Sendable {
  /// The container's name, as in `HostObservation.Container`.
  public let container: String
  /// The lookup.
  public let result: LookupResult

  /// A lookup of a container.
  public init(container: String, result: LookupResult) {
    self.container = container
    self.result = result
  }
}
