/// What iproute2 prints with `-j`, as far as a snapshot has it. Every member may be missing: versions differ.
enum IPRouteJSON {
  /// `ip -j -d -s -s link show`
  struct Link: Decodable, Sendable {
    struct Info: Decodable, Sendable {
      struct Options: Decodable, Sendable {
        let id: UInt32?
        let mode: String?
        let `protocol`: String?
      }

      let info_kind: String?
      let info_data: Options?

      enum CodingKeys: String, CodingKey { case info_kind, info_data }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        info_kind = try container.decodeIfPresent(String.self, forKey: .info_kind)
        // Each kind has data of its own, which may look otherwise.
        info_data = try? container.decode(Options.self, forKey: .info_data)
      }
    }

    struct Statistics: Decodable, Sendable {
      struct Received: Decodable, Sendable {
        let otherhost: UInt64?
        let otherhost_dropped: UInt64?
      }

      let rx: Received?
    }

    let ifindex: UInt32
    let ifname: String
    let flags: [String]?
    let mtu: UInt32?
    let master: String?
    let operstate: String?
    let txqlen: UInt32?
    let address: String?
    let permaddr: String?
    let link: String?
    let link_index: UInt32?
    let link_netnsid: Int32?
    let linkinfo: Info?
    let stats64: Statistics?
    let altnames: [String]?
  }

  /// `ip -j addr show`
  struct Addresses: Decodable, Sendable {
    struct Address: Decodable, Sendable {
      let local: String?
      let address: String?
      let prefixlen: Int?
      let scope: String?
      /// The flags are members that are true.
      let flags: [String]

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        func text(_ name: String) throws -> String? {
          try container.decodeIfPresent(String.self, forKey: AnyKey(stringValue: name))
        }
        local = try text("local")
        address = try text("address")
        scope = try text("scope")
        prefixlen = try container.decodeIfPresent(Int.self, forKey: AnyKey(stringValue: "prefixlen"))
        flags = container.allKeys.filter { (try? container.decode(Bool.self, forKey: $0)) == true }.map(
          \.stringValue
        )
        .sorted()
      }
    }

    let ifindex: UInt32?
    let addr_info: [Address]?
  }

  /// `ip -j -d route show table all`
  struct Route: Decodable, Sendable {
    struct Via: Decodable, Sendable { let host: String? }
    struct Metrics: Decodable, Sendable { let mtu: UInt32? }
    struct Hop: Decodable, Sendable {
      let gateway: String?
      let via: Via?
      let dev: String?
      let weight: Int?
    }

    let type: String?
    let dst: String
    let gateway: String?
    let via: Via?
    let dev: String?
    let table: String?
    let `protocol`: String?
    let scope: String?
    let prefsrc: String?
    let metric: UInt32?
    let metrics: [Metrics]?
    let nexthops: [Hop]?
  }

  /// `ip -j -d rule show`
  struct Rule: Decodable, Sendable {
    let priority: UInt32?
    let src: String?
    let srclen: Int?
    let dst: String?
    let dstlen: Int?
    let iif: String?
    let oif: String?
    let fwmark: String?
    let fwmask: String?
    let table: String?
    let action: String?
    let suppress_prefixlen: UInt32?
    let `protocol`: String?
    /// A member without a value is there or not.
    let isInverted: Bool

    enum CodingKeys: String, CodingKey {
      case priority, src, srclen, dst, dstlen, iif, oif, fwmark, fwmask, table, action, suppress_prefixlen
      case `protocol`
      case isInverted = "not"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      func text(_ key: CodingKeys) throws -> String? {
        try container.decodeIfPresent(String.self, forKey: key)
      }
      priority = try container.decodeIfPresent(UInt32.self, forKey: .priority)
      src = try text(.src)
      srclen = try container.decodeIfPresent(Int.self, forKey: .srclen)
      dst = try text(.dst)
      dstlen = try container.decodeIfPresent(Int.self, forKey: .dstlen)
      iif = try text(.iif)
      oif = try text(.oif)
      fwmark = try text(.fwmark)
      fwmask = try text(.fwmask)
      table = try text(.table)
      action = try text(.action)
      suppress_prefixlen = try container.decodeIfPresent(UInt32.self, forKey: .suppress_prefixlen)
      self.protocol = try text(.protocol)
      isInverted = container.contains(.isInverted)
    }
  }

  /// `ip -j neigh show`
  struct Neighbour: Decodable, Sendable {
    let dst: String?
    let dev: String?
    let lladdr: String?
    let state: [String]?
  }

  /// `bridge -j -s fdb show`
  struct Forwarding: Decodable, Sendable {
    let mac: String?
    let ifname: String?
    let flags: [String]?
    let master: String?
    let state: String?
    let vlan: UInt16?
    let updated: Double?
  }

  /// `bridge -j mdb show`
  struct Multicast: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
      let dev: String?
      let port: String?
      let grp: String?
      let state: String?
      let vid: UInt16?
    }

    let mdb: [Entry]?
  }

  /// Any member's name.
  struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
