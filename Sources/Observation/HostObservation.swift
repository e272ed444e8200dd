public import NetworkTypes

/// All that was observed of one container host over a time, ready to be diagnosed.
public struct HostObservation: Sendable {
  /// A container of the host, seen from outside and from inside.
  public struct Container: Sendable {
    /// The container's name.
    public let name: String
    /// Its addresses.
    public let addresses: [IPAddress]
    /// The link address of its interface.
    public let linkAddress: MACAddress
    /// The bridge's port that leads to it.
    public let port: InterfaceIndex
    /// Inside: its namespace at several moments, in order; at least before the first lookup and after the last.
    public let states: [NamespaceState]
    /// Inside: what happened, in order.
    public let events: [Event]

    /// A container that was observed.
    public init(
      name: String,
      addresses: [IPAddress],
      linkAddress: MACAddress,
      port: InterfaceIndex,
      states: [NamespaceState],
      events: [Event]
    ) {
      self.name = name
      self.addresses = addresses
      self.linkAddress = linkAddress
      self.port = port
      self.states = states
      self.events = events
    }
  }

  /// The bridge.
  public let bridge: InterfaceIndex
  /// The interface that leads to the resolver.
  public let uplink: InterfaceIndex
  /// The containers' subnets.
  public let subnets: [IPPrefix]
  /// The bridge's addresses: the containers' gateways.
  public let gateways: [IPAddress]
  /// The host's own namespace at several moments, in order; at least before the first lookup and after the
  /// last.
  public let states: [NamespaceState]
  /// What happened in the host's own namespace, in order.
  public let events: [Event]
  /// The frames that were seen in the host's own namespace, in order of time.
  public let sightings: [Sighting]
  /// Frames that the capture lost: with any, "not seen" proves nothing.
  public let sightingsLost: Int
  /// The containers.
  public let containers: [Container]

  /// A host that was observed.
  public init(
    bridge: InterfaceIndex,
    uplink: InterfaceIndex,
    subnets: [IPPrefix],
    gateways: [IPAddress],
    states: [NamespaceState],
    events: [Event],
    sightings: [Sighting],
    sightingsLost: Int,
    containers: [Container]
  ) {
    self.bridge = bridge
    self.uplink = uplink
    self.subnets = subnets
    self.gateways = gateways
    self.states = states
    self.events = events
    self.sightings = sightings
    self.sightingsLost = sightingsLost
    self.containers = containers
  }
}
