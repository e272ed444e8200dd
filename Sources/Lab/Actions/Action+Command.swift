internal import NetworkTypes

extension Action {
  /// The command that does the same on a real host, for a shell (sh(1)) with root's rights there.
  public var command: String {
    // What is done inside a container would do harm on the host, so the command goes there by itself.
    guard let container else { return bareCommand }
    return "nsenter -t \"$PID_OF_\(container.uppercased())\" -n sh -c '\(bareCommand)'"
  }

  /// The container that it is done in; nil for what is done on the host.
  var container: String? {
    switch self {
    case .moveAddress(let name, _, _, _), .inside(let name, _): name
    default: nil
    }
  }

  /// The command for a shell that is in the right namespace already.
  var bareCommand: String {
    switch self {
    case .setting(let setting): "sysctl -w \(setting.name)=\(setting.value)"
    case .nft(let text): "nft '\(text)'"
    case .pinAddress(let link): "ip link set dev \(link) address $(cat /sys/class/net/\(link)/address)"
    case .setAddress(let link, let address): "ip link set dev \(link) address \(address)"
    case .spanningTree(let link, let isOn, let delay):
      "ip link set dev \(link) type bridge stp_state \(isOn ? 1 : 0)"
        + (delay.map { " forward_delay \($0 * 100)" } ?? "")
    case .multicastQuerier(let link, let isOn):
      "ip link set dev \(link) type bridge mcast_querier \(isOn ? 1 : 0)"
    case .multicastSnooping(let link, let isOn):
      "ip link set dev \(link) type bridge mcast_snooping \(isOn ? 1 : 0)"
    case .forwardPorts(let link):
      "for port in $(ls /sys/class/net/\(link)/brif); do bridge link set dev $port state 3; done"
    case .join(let container):
      "ip link add \(container.portName) address \(container.portAddress) type veth peer name eth0"
        + " netns \(container.name)"
    case .leave(_, let port), .vanish(_, let port): "ip link delete dev \(port)"
    case .moveAddress(_, let old, let new, let gateway):
      "ip address del \(old) dev eth0; ip address add \(new) dev eth0\(Self.nodad(new));"
        + " ip route replace default via \(gateway)"
    case .flushNeighbours(let link): "ip neigh flush dev \(link)"
    case .addAddress(let link, let prefix): "ip address add \(prefix) dev \(link)\(Self.nodad(prefix))"
    case .removeAddress(let link, let prefix): "ip address del \(prefix) dev \(link)"
    case .addBridge(let name, let address, let prefixes):
      "ip link add \(name) address \(address) type bridge; "
        + prefixes.map { "ip address add \($0) dev \(name)\(Self.nodad($0)); " }.joined()
        + "ip link set dev \(name) up"
    case .removeLink(let link): "ip link delete dev \(link)"
    case .addCable(let one, let other):
      "ip link add \(one) type veth peer name \(other)"
    case .switchOn(let link): "ip link set dev \(link) up"
    case .switchOff(let link): "ip link set dev \(link) down"
    case .enslave(let link, let bridge): "ip link set dev \(link) master \(bridge)"
    case .portOption(let port, let option, let isOn):
      "bridge link set dev \(port) \(option.rawValue) \(isOn ? "on" : "off")"
    case .crowd(let bridge, let prefix, let count):
      "for i in $(seq \(count)); do ip link add \(prefix)p$i master \(bridge) type veth peer name \(prefix)e$i; done"
    case .disperse(let prefix, let count):
      "for i in $(seq \(count)); do ip link delete dev \(prefix)p$i; done"
    case .addLink(let name, let address):
      "ip link add \(name) type veth peer name \(name)-far; ip link set dev \(name)-far up;"
        + " ip address add \(address) dev \(name); ip link set dev \(name) up"
    case .setMTU(let link, let octets): "ip link set dev \(link) mtu \(octets)"
    case .resolver(let configuration): configuration.command
    case .file(let path, nil): "rm -f \(path)"
    case .file(let path, let text?):
      "printf '\(text.split(separator: "\n").map { $0 + "\\n" }.joined())' > \(path)"
    case .legacyFilter(let family, let arguments):
      "XTABLES_LOCKFILE=/dev/null ip\(family == .v6 ? "6" : "")tables-legacy \(arguments.joined(separator: " "))"
    case .forgetDatagrams(let subnet):
      "conntrack -D -f \(subnet.address.family == .v4 ? "ipv4" : "ipv6") -p udp -s \(subnet)"
    case .routing(let change): change.command
    case .inside(_, let change): change.command
    }
  }

  /// A new IPv6 address may be used at once.
  static func nodad(_ prefix: IPPrefix) -> String { prefix.address.family == .v6 ? " nodad" : "" }
}
