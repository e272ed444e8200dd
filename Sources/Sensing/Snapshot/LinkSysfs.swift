internal import LinuxSystem
internal import NetlinkCodec
internal import NetworkTypes
internal import Observation
internal import SystemPackage

/// What sysfs says about the interfaces of one namespace and netlink doesn't: who chose their link addresses.
struct LinkSysfs {
  private let readFile: (String) throws -> String

  /// The sysfs of the namespace that the calling thread is in.
  ///
  /// To mount it takes CAP_SYS_ADMIN. Without, the process's own /sys serves, if it shows this namespace: if it
  /// has the same interfaces, by name, number and address.
  static func here(_ links: [Link]) throws -> LinkSysfs {
    do throws(SystemError) {
      let mount = try DetachedMount("sysfs")
      return LinkSysfs { try mount.read($0) }
    } catch {
      let visible = LinkSysfs { try TextFile.read("/sys/" + $0) }
      guard let names = try? Directory.names("/sys/class/net"), links.allSatisfy(visible.shows) else {
        throw error
      }
      let interfaces = names.filter { (try? visible.readFile("class/net/\($0)/ifindex")) != nil }
      guard Set(interfaces) == Set(links.compactMap(\.name)) else { throw error }
      return visible
    }
  }

  private init(_ readFile: @escaping (String) throws -> String) { self.readFile = readFile }

  private func shows(_ link: Link) -> Bool {
    guard let name = link.name, (try? readFile("class/net/\(name)/ifindex")) == link.index.description else {
      return false
    }
    return link.address.map { (try? readFile("class/net/\(name)/address")) == $0.description } ?? true
  }

  /// Who chose a link's address, if its name still means the same link here.
  func addressAssignment(of link: Link) -> Reading<AddressAssignment> {
    guard let name = link.name else { return .unreadable(reason: "the interface has no name") }
    do {
      guard try readFile("class/net/\(name)/ifindex") == link.index.description else {
        return .unreadable(reason: "\(name) is another interface in sysfs than in rtnetlink")
      }
      let number = UInt8(try readFile("class/net/\(name)/addr_assign_type"))
      guard let assignment = number.flatMap(AddressAssignment.init) else {
        return .unreadable(reason: "addr_assign_type of \(name) is unknown")
      }
      return .value(assignment)
    } catch {
      return .unreadable(reason: "\(error)")
    }
  }
}
