internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
internal import Nftables
internal import SystemPackage

extension LabHost {
  /// Carries out an action.
  public func perform(_ action: Action) throws {
    switch action {
    case .setting(let setting): try Self.write(setting, in: namespace)
    case .nft(let text): _ = try Nftables.run(text, in: namespace)
    case .pinAddress(let name):
      let link = try connection.link(named: name)
      try connection.changeLink(link.index, LinkChange(address: link.address))
    case .setAddress(let name, let address):
      try connection.changeLink(connection.link(named: name).index, LinkChange(address: address))
    case .spanningTree(let name, let isOn, let delay):
      var attributes = BridgeAttributes()
      attributes.stpState = isOn ? .kernel : .off
      attributes.forwardDelay = delay.map { .seconds($0) }
      try connection.changeBridge(connection.link(named: name).index, attributes)
    case .multicastQuerier(let name, let isOn):
      var attributes = BridgeAttributes()
      attributes.multicastQuerier = isOn
      try connection.changeBridge(index(name), attributes)
    case .multicastSnooping(let name, let isOn):
      var attributes = BridgeAttributes()
      attributes.multicastSnooping = isOn
      try connection.changeBridge(index(name), attributes)
    case .forwardPorts(let name):
      let index = try connection.link(named: name).index
      var forwarding = BridgePort()
      forwarding.state = .forwarding
      for link in try connection.links(statistics: false) where link.master == index {
        do { try connection.changeBridgePort(link.index, forwarding) } catch {
          // A port without carrier forwards nothing anyway, and will when it has one.
          if error.errno != .networkDown { throw error }
        }
      }
    case .join(let container): try add(container)
    case .leave(let name, _):
      try connection.deleteLink(remove(name).port)
    case .vanish(let name, _):
      _ = try remove(name)
    case .moveAddress(let name, let old, let new, let gateway):
      let container = try container(name)
      try container.connection.deleteAddress(old, from: container.interface)
      try container.connection.addAddress(new, to: container.interface)
      // An IPv4 route goes with the last address that its gateway could be reached from.
      try container.connection.replaceRoute(NewRoute(defaultVia: gateway, by: container.interface))
    case .flushNeighbours(let name):
      let index = try connection.link(named: name).index
      // As ip-neighbour(8) does: what was configured or needs no resolution stays.
      for neighbour in try connection.neighbours(on: index)
      where neighbour.state.isDisjoint(with: [.permanent, .noARP]) {
        if let address = neighbour.address { try connection.deleteNeighbour(address, on: index) }
      }
    case .addAddress(let name, let prefix): try connection.addAddress(prefix, to: index(name))
    case .removeAddress(let name, let prefix): try connection.deleteAddress(prefix, from: index(name))
    case .addBridge(let name, let address, let prefixes):
      let index = try connection.createLink(
        NewLink(name: name, kind: .bridge(BridgeAttributes()), address: address, isUp: true)
      )
      for prefix in prefixes { try connection.addAddress(prefix, to: index) }
    case .removeLink(let name): try connection.deleteLink(index(name))
    case .addCable(let one, let other):
      _ = try connection.createLink(
        NewLink(name: one, kind: .veth(peer: NewPeer(name: other)))
      )
    case .switchOn(let name): try connection.changeLink(index(name), LinkChange(isUp: true))
    case .switchOff(let name): try connection.changeLink(index(name), LinkChange(isUp: false))
    case .enslave(let name, let bridge):
      try connection.changeLink(index(name), LinkChange(master: .join(index(bridge))))
    case .portOption(let name, let option, let isOn):
      try connection.changeBridgePort(index(name), BridgePort(option, isOn: isOn))
    case .crowd(let bridge, let prefix, let count):
      let master = try index(bridge)
      let links = (1...max(1, count)).map {
        NewLink(name: "\(prefix)p\($0)", kind: .veth(peer: NewPeer(name: "\(prefix)e\($0)")), master: master)
      }
      _ = try connection.createLinks(links)
    case .disperse(let prefix, let count):
      try connection.deleteLinks((1...max(1, count)).map { try index("\(prefix)p\($0)") })
    case .addLink(let name, let address):
      let link = try connection.createLink(
        NewLink(name: name, kind: .veth(peer: NewPeer(name: name + "-far", isUp: true)), isUp: true)
      )
      try connection.addAddress(address, to: link)
    case .setMTU(let name, let octets): try connection.changeLink(index(name), LinkChange(mtu: octets))
    case .resolver(let configuration): resolver = configuration
    case .file(let path, let text): files[path] = text
    case .legacyFilter(let family, let arguments):
      try LegacyFilter.run(family, arguments, in: namespace)
    case .forgetDatagrams(let subnet): try FlowTable(in: namespace).forgetDatagrams(from: subnet)
    case .routing(let change): try change.perform(on: connection)
    case .inside(let name, let change): try perform(change, in: container(name))
    }
  }

  private func index(_ name: String) throws -> InterfaceIndex { try connection.link(named: name).index }

  private func perform(_ change: ContainerChange, in container: LabContainer) throws {
    let (connection, interface) = (container.connection, container.interface)
    switch change {
    case .setting(let setting): try Self.write(setting, in: container.namespace)
    case .addAddress(let prefix): try connection.addAddress(prefix, to: interface)
    case .removeAddress(let prefix): try connection.deleteAddress(prefix, from: interface)
    case .setAddress(let address): try connection.changeLink(interface, LinkChange(address: address))
    case .resolver(let configuration): container.resolver = configuration
    case .overflow(let count):
      container.sockets.append(try Overflow.make(datagrams: count, in: container.namespace))
    case .nft(let text): _ = try Nftables.run(text, in: container.namespace)
    case .listen(let address):
      // The old one is closed first: the new one may be at the same address.
      container.listeners = []
      container.listeners = [
        try container.namespace.perform {
          let socket = try InternetSocket(.udp, address.address.family)
          try socket.bind(address)
          return socket
        }
      ]
    case .sendAs(let source, let gateway):
      var route = NewRoute(defaultVia: gateway, by: interface)
      route.preferredSource = source
      try connection.replaceRoute(route)
    }
  }
}

extension BridgePort {
  /// A port of which one option is set.
  init(_ option: PortOption, isOn: Bool) {
    self.init()
    switch option {
    case .isolated: isolated = isOn
    case .learning: learning = isOn
    case .unicastFlood: unicastFlood = isOn
    case .multicastFlood: multicastFlood = isOn
    case .broadcastFlood: broadcastFlood = isOn
    case .proxyARP: proxyARP = isOn
    }
  }
}
