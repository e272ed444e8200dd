internal import NetworkTypes

/// One zone at some addresses, in each program's terms.
struct RealResolverSettings {
  let addresses: [IPAddress]
  let port: UInt16
  let zone: Zone

  private var address: IPv4Address { zone.address ?? IPv4Address(198, 18, 0, 1) }
  private var address6: IPv6Address { zone.address6 ?? IPv6Address(0x2001_0db8 << 96 | 1) }

  /// dnsmasq(8): no configuration, no upstream servers, no files. Not as a daemon, which would change its groups:
  /// an unprivileged user's namespace forbids that (setgroups(2)).
  var dnsmasqArguments: [String] {
    [
      "--no-daemon", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--no-ping", "--pid-file",
      "--user=root", "--group=root", "--log-facility=-", "--port=\(port)", "--bind-interfaces",
      "--local-ttl=\(zone.timeToLive)",
    ] + addresses.map { "--listen-address=\($0)" } + [
      "--address=/\(zone.origin)/\(address)", "--address=/\(zone.origin)/\(address6)", "--address=/#/",
    ]
  }

  /// unbound.conf(5): the zone is local, and so is the rest of the world, without content.
  var unboundConfiguration: String {
    let interfaces = addresses.map {
      "  interface: \($0)\n  access-control: \($0)/\($0.family.addressBits) allow\n"
    }
    return """
      server:
      \(interfaces.joined())  port: \(port)
        access-control: 0.0.0.0/0 allow
        access-control: ::/0 allow
        do-daemonize: no
        use-syslog: no
        logfile: ""
        pidfile: ""
        username: ""
        chroot: ""
        directory: ""
        num-threads: 1
        module-config: "iterator"
        local-zone: "\(zone.origin)." redirect
        local-data: "\(zone.origin). \(zone.timeToLive) IN A \(address)"
        local-data: "\(zone.origin). \(zone.timeToLive) IN AAAA \(address6)"
        local-zone: "." static
      remote-control:
        control-enable: no

      """
  }
}
