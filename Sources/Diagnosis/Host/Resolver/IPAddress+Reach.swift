internal import NetworkTypes

extension IPAddress {
  /// Whether only a private network has it: RFC 1918, RFC 6598 (carriers and overlay VPNs), RFC 4193, link-local and
  /// loopback addresses.
  var isPrivate: Bool {
    if isLoopback || isLinkLocal { return true }
    return Self.privateNetworks.contains { $0.contains(self) }
  }

  private static let privateNetworks = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7",
  ].compactMap { IPPrefix($0) }
}
