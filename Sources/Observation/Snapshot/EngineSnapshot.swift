public import NetworkTypes

/// A container engine, as it says itself and as it was started; or one that isn't running but left a network.
public struct EngineSnapshot: Codable, Hashable, Sendable {
  /// Which engine.
  public enum Kind: String, Codable, Hashable, Sendable {
    case docker, podman, containerd, libvirt, lxc
  }

  /// A unique id in the snapshot: "docker:/run/docker.sock" for one with a socket.
  public var id: String
  /// Which engine.
  public var kind: Kind
  /// Its process, if it runs.
  public var process: ProcessSnapshot?
  /// The id of the network namespace that it runs in.
  public var namespace: String?
  /// Whether it runs in a container of another engine, or rootless.
  public var isNested: Bool
  /// Whether it runs as another user than root.
  public var isRootless: Bool
  /// The sockets that it listens on.
  public var sockets: [String]
  /// Its version.
  public var version: Reading<String>
  /// The settings that matter here, as they are in force: flags over the configuration file ("bridge", "bip",
  /// "fixed-cidr", "iptables", "ip6tables", "ip-forward", "ip-masq", "userland-proxy", "icc", "data-root",
  /// "exec-root", "pidfile", "live-restore", "mtu", "dns", "firewall-backend", "default-address-pools", …), each
  /// as JSON text. A setting that isn't here has the engine's default.
  public var settings: Reading<[String: String]>
  /// Its configuration file.
  public var configurationFile: String?
  /// Its networks.
  public var networks: Reading<[EngineNetwork]>
  /// Its running containers.
  public var containers: Reading<[EngineContainer]>

  /// An engine.
  public init(
    id: String,
    kind: Kind,
    process: ProcessSnapshot? = nil,
    namespace: String? = nil,
    isNested: Bool = false,
    isRootless: Bool = false,
    sockets: [String] = [],
    version: Reading<String> = .absent,
    settings: Reading<[String: String]> = .absent,
    configurationFile: String? = nil,
    networks: Reading<[EngineNetwork]> = .absent,
    containers: Reading<[EngineContainer]> = .absent
  ) {
    self.id = id
    self.kind = kind
    self.process = process
    self.namespace = namespace
    self.isNested = isNested
    self.isRootless = isRootless
    self.sockets = sockets
    self.version = version
    self.settings = settings
    self.configurationFile = configurationFile
    self.networks = networks
    self.containers = containers
  }
}

/// A network of an engine.
public struct EngineNetwork: Codable, Hashable, Sendable {
  /// The engine's id of it.
  public var id: String
  /// Its name.
  public var name: String
  /// "bridge", "host", "macvlan", …
  public var driver: String
  /// The interface that it uses, for a bridge network.
  public var bridge: String?
  /// Whether it is the network of containers that ask for none.
  public var isDefault: Bool
  /// Whether it has no way out (`Internal`).
  public var isInternal: Bool
  /// Its subnets with their gateways.
  public var pools: [Pool]
  /// The driver's options that matter, such as "com.docker.network.bridge.enable_ip_masquerade".
  public var options: [String: String]

  /// A subnet.
  public struct Pool: Codable, Hashable, Sendable {
    /// The subnet.
    public var subnet: IPPrefix
    /// The part of it that addresses are taken from, if not all.
    public var range: IPPrefix?
    /// The gateway.
    public var gateway: IPAddress?

    /// A subnet.
    public init(subnet: IPPrefix, range: IPPrefix? = nil, gateway: IPAddress? = nil) {
      self.subnet = subnet
      self.range = range
      self.gateway = gateway
    }
  }

  /// A network.
  public init(
    id: String,
    name: String,
    driver: String,
    bridge: String? = nil,
    isDefault: Bool = false,
    isInternal: Bool = false,
    pools: [Pool] = [],
    options: [String: String] = [:]
  ) {
    self.id = id
    self.name = name
    self.driver = driver
    self.bridge = bridge
    self.isDefault = isDefault
    self.isInternal = isInternal
    self.pools = pools
    self.options = options
  }
}

/// A running container of an engine.
public struct EngineContainer: Codable, Hashable, Sendable {
  /// The engine's id of it.
  public var id: String
  /// Its name.
  public var name: String
  /// The process id of its first process, as the machine counts; 0 if it isn't known.
  public var pid: Int32
  /// When it was started: RFC 3339 UTC.
  public var started: String?
  /// The id of its network namespace.
  public var namespace: String?
  /// "default", "host", "none", "container:ID", or a network's name.
  public var networkMode: String
  /// Its ends on networks.
  public var endpoints: [Endpoint]
  /// The DNS servers that it was given explicitly.
  public var dns: [String]
  /// The ports that are published, as "udp/53".
  public var publishedPorts: [String]

  /// An end on a network.
  public struct Endpoint: Codable, Hashable, Sendable {
    /// The network's name.
    public var network: String
    /// Its addresses.
    public var addresses: [IPPrefix]
    /// Its gateway.
    public var gateway: IPAddress?
    /// Its link address.
    public var linkAddress: MACAddress?

    /// An end.
    public init(network: String, addresses: [IPPrefix], gateway: IPAddress?, linkAddress: MACAddress?) {
      self.network = network
      self.addresses = addresses
      self.gateway = gateway
      self.linkAddress = linkAddress
    }
  }

  /// A container.
  public init(
    id: String,
    name: String,
    pid: Int32,
    started: String? = nil,
    namespace: String? = nil,
    networkMode: String = "default",
    endpoints: [Endpoint] = [],
    dns: [String] = [],
    publishedPorts: [String] = []
  ) {
    self.id = id
    self.name = name
    self.pid = pid
    self.started = started
    self.namespace = namespace
    self.networkMode = networkMode
    self.endpoints = endpoints
    self.dns = dns
    self.publishedPorts = publishedPorts
  }
}
