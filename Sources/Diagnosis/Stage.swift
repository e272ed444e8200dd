/// Where an unanswered or late request ended.
public enum Stage: String, Hashable, Sendable, CaseIterable {
  /// The client's next hop never answered ARP or neighbour discovery, so no request was sent.
  case neighbour
  /// The request never left the container, or its answer came back to it in time and wasn't taken.
  case container
  /// Seen on the bridge's ports, neither taken by the host nor sent out of the port that it was for.
  case bridge
  /// Taken by the host for a resolver on it, and not answered by that.
  case input
  /// Taken by the host, never sent on.
  case forwarding
  /// Sent on with a source that no answer can return to.
  case translation
  /// Taken by a resolver on this host whose own request died.
  case proxy
  /// Handed over correctly at the last point that can be seen; no answer came back in time.
  case upstream
  /// An answer came to the host, not to the container.
  case `return`
  /// What was seen doesn't tell.
  case unknown
}
