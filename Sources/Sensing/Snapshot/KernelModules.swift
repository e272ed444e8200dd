internal import LinuxSystem
internal import SystemPackage

/// Which modules the kernel has, looked up without asking it for what they do: a question to a part that isn't
/// there would load its module.
struct KernelModules: Sendable {
  /// Whether the kernel can load modules at all.
  let canLoad: Bool
  private let loaded: Set<String>
  /// Nil if it can't be known.
  private let builtIn: Set<String>?
  /// Whether nf_tables is there, so that a question for rules loads nothing.
  let tables: Presence

  /// Whether something is there.
  enum Presence { case yes, no, unknown }

  /// From the texts of /proc/modules (nil if there is no such file) and of modules.builtin (nil if it can't be
  /// read); `symbols` reads /proc/kallsyms, if that is needed.
  init(modules: String?, builtIn: String?, symbols: () -> [UInt8]?) {
    canLoad = modules != nil
    let lines = (modules ?? "").split(separator: "\n")
    let loaded = Set(lines.compactMap { $0.split(separator: " ").first.map(String.init) })
    let builtIn = builtIn.map { text in
      Set(
        text.split(separator: "\n").compactMap { line in
          let file = line.split(separator: "/").last ?? ""
          return file.split(separator: ".").first.map { String($0.map { $0 == "-" ? "_" : $0 }) }
        }
      )
    }
    self.loaded = loaded
    self.builtIn = builtIn
    let isListed = loaded.contains("nf_tables") ? true : builtIn?.contains("nf_tables")
    tables = Self.tables(canLoad: canLoad, isListed, symbols)
  }

  /// The running kernel's.
  static func read() -> KernelModules {
    let modules: String?
    do throws(SystemError) {
      modules = try TextFile.read("/proc/modules")
    } catch {
      // Without support for modules there is no such file.
      modules = error.errno == .noSuchFileOrDirectory ? nil : ""
    }
    let folder = "/lib/modules/\(Machine.kernelRelease)"
    return KernelModules(
      modules: modules,
      builtIn: try? TextFile.read("\(folder)/modules.builtin"),
      symbols: { try? Descriptor(opening: "/proc/kallsyms").readToEnd(subject: "/proc/kallsyms") }
    )
  }

  /// Whether it is loaded or built in; nil if that can't be known here.
  func has(_ name: String) -> Bool? { loaded.contains(name) ? true : builtIn?.contains(name) }

  /// Those of whose presence checks speak, as far as they can be seen.
  var present: [String] { Self.mattering.filter { has($0) ?? Self.hasTrace($0) } }

  /// What a module that is there shows in procfs.
  private static func hasTrace(_ name: String) -> Bool {
    guard let path = traces[name] else { return false }
    return (try? Directory.inode(of: path)) != nil
  }

  private static let traces = [
    "br_netfilter": "/proc/sys/net/bridge", "nf_conntrack": "/proc/sys/net/netfilter/nf_conntrack_max",
    "ip_tables": "/proc/thread-self/net/ip_tables_names",
    "ip6_tables": "/proc/thread-self/net/ip6_tables_names", "8021q": "/proc/thread-self/net/vlan",
  ]

  private static func tables(canLoad: Bool, _ isListed: Bool?, _ symbols: () -> [UInt8]?) -> Presence {
    // Where nothing can be loaded, a question is harmless; its answer tells.
    if !canLoad { return .yes }
    if let isListed { return isListed ? .yes : .no }
    // In a container the folder of modules is missing; the names of functions tell as well.
    guard let symbols = symbols() else { return .unknown }
    return symbols.contains(word: " nf_tables_getrule") ? .yes : .no
  }

  /// The modules of whose presence checks speak.
  static let mattering = [
    "bridge", "br_netfilter", "nf_tables", "nft_compat", "ip_tables", "ip6_tables", "iptable_nat",
    "iptable_filter", "nf_conntrack", "nf_nat", "nf_conntrack_bridge", "veth", "8021q", "vxlan", "overlay",
  ]
}

extension [UInt8] {
  /// Whether the bytes of `word` are among these.
  fileprivate func contains(word: String) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first else { return true }
    var position = startIndex
    while let found = self[position...].firstIndex(of: first) {
      if self[found...].starts(with: word) { return true }
      position = found + 1
    }
    return false
  }
}
