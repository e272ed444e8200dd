public import NetworkTypes

/// One change to a lab's host: a value that can be carried out and printed as the command that does the same,
/// so that what is shown is what is done.
public enum Action: Hashable, Sendable {
  /// Sets something below /proc/sys in the host.
  case setting(Setting)
  /// Gives the commands to nft(8) in the host.
  case nft(String)
  /// Sets the address that the interface has already, so that it becomes its own (`NET_ADDR_SET`).
  case pinAddress(link: String)
  /// Gives an interface of the host another address.
  case setAddress(link: String, MACAddress)
  /// Switches a bridge's spanning tree, with the delay that a new port waits in each of two states.
  case spanningTree(link: String, isOn: Bool, forwardDelaySeconds: Int?)
  /// Lets every port of a bridge forward at once; possible only without spanning tree.
  case forwardPorts(link: String)
  /// A container comes: its port joins the bridge.
  case join(ContainerPlan)
  /// A container goes: its port leaves the bridge, for it is deleted with its namespace.
  case leave(container: String, port: String)
  /// A container goes as its namespace does: the kernel takes the port down in the background.
  case vanish(container: String, port: String)
  /// Exchanges a container's address for another.
  case moveAddress(container: String, from: IPPrefix, to: IPPrefix, gateway: IPAddress)
  /// Forgets all neighbours at an interface of the host.
  case flushNeighbours(link: String)
  /// Gives the host one more link: a veth pair of which both ends are in the host, the other one named NAME-far.
  case addLink(name: String, address: IPPrefix)
  /// Changes the host's routes or routing rules.
  case routing(RoutingAction)
}

extension Action {
  /// The command that does the same on a real host, for a shell (sh(1)) with root's rights there.
  public var command: String {
    // What is done inside a container would do harm on the host, so the command goes there by itself.
    if case .moveAddress(let container, _, _, _) = self {
      return "nsenter -t \"$PID_OF_\(container.uppercased())\" -n sh -c '\(bareCommand)'"
    }
    return bareCommand
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
    case .forwardPorts(let link):
      "for port in $(ls /sys/class/net/\(link)/brif); do bridge link set dev $port state 3; done"
    case .join(let container):
      "ip link add \(container.portName) address \(container.portAddress) type veth peer name eth0"
        + " netns \(container.name)"
    case .leave(_, let port), .vanish(_, let port): "ip link delete dev \(port)"
    case .moveAddress(_, let old, let new, let gateway):
      "ip address del \(old) dev eth0; ip address add \(new) dev eth0\(new.address.family == .v6 ? " nodad" : "");"
        + " ip route replace default via \(gateway)"
    case .flushNeighbours(let link): "ip neigh flush dev \(link)"
    case .addLink(let name, let address):
      "ip link add \(name) type veth peer name \(name)-far; ip link set dev \(name)-far up;"
        + " ip address add \(address) dev \(name); ip link set dev \(name) up"
    case .routing(let change): change.command
    }
  }
}
