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
  /// Switches whether a bridge asks for members of multicast groups.
  case multicastQuerier(link: String, isOn: Bool)
  /// Switches whether a bridge sends multicast to members only.
  case multicastSnooping(link: String, isOn: Bool)
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
  /// Gives an interface of the host one more address.
  case addAddress(link: String, IPPrefix)
  /// Takes an address away from an interface of the host.
  case removeAddress(link: String, IPPrefix)
  /// Makes another bridge, with an address of its own, and switches it on.
  case addBridge(String, MACAddress, [IPPrefix])
  /// Removes an interface of the host; of a cable both ends.
  case removeLink(String)
  /// Makes a cable, both of whose ends are in the host and down.
  case addCable(String, String)
  /// Switches an interface of the host on.
  case switchOn(link: String)
  /// Switches an interface of the host off; the routes by it go.
  case switchOff(link: String)
  /// Makes an interface of the host a port of a bridge.
  case enslave(link: String, bridge: String)
  /// Switches an option of a bridge's port.
  case portOption(port: String, PortOption, isOn: Bool)
  /// Makes so many cables, one end of each a port of the bridge.
  case crowd(bridge: String, prefix: String, count: Int)
  /// Removes what `crowd` made.
  case disperse(prefix: String, count: Int)
  /// Changes something inside a container.
  case inside(container: String, ContainerChange)
  /// Gives the host one more link: a veth pair of which both ends are in the host, the other one named NAME-far.
  case addLink(name: String, address: IPPrefix)
  /// Gives an interface of the host another MTU, in octets.
  case setMTU(link: String, UInt32)
  /// Gives the host another resolver configuration.
  case resolver(ResolverConfiguration)
  /// Gives the host a configuration file of this text; nil takes it away. A lab has no files: it is what a snapshot of
  /// the lab says.
  case file(path: String, text: String?)
  /// Gives arguments to the older packet filter's program, `iptables-legacy` or `ip6tables-legacy`.
  case legacyFilter(IPFamily, [String])
  /// Forgets the tracked connections that a subnet began by UDP: what was decided for a flow's first packet, translation
  /// above all, holds for as long as its entry.
  case forgetDatagrams(from: IPPrefix)
  /// Changes the host's routes or routing rules.
  case routing(RoutingAction)
}
