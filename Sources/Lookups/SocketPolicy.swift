/// Which sockets a client's UDP requests leave from.
public enum SocketPolicy: Hashable, Sendable {
  /// Each lookup has a socket of its own, and so a source port of its own, as in glibc's resolver. ICMP errors
  /// reach the lookup.
  case perLookup
  /// So many sockets are taken in turn, as in forwarders. ICMP errors are not heard of.
  case shared(Int)
}
