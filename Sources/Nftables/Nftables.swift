internal import CLinux
internal import Glibc
public import LinuxSystem
internal import SystemPackage

/// Packet filter and address translation of a network namespace, by way of libnftables (nft(8)).
public enum Nftables {
  /// How what is listed is printed (libnftables(3), `NFT_CTX_OUTPUT_*`).
  public struct Format: OptionSet, Sendable {
    /// The bits of nft_ctx_output_set_flags.
    public let rawValue: UInt32
    /// A format with these bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Without counters and other state, so that equal texts mean unchanged rules.
    ///
    /// Equivalent to: `nft -s`
    public static let stateless = Format(rawValue: 1 << 2)
    /// With the handles by which rules are deleted.
    ///
    /// Equivalent to: `nft -a`
    public static let handles = Format(rawValue: 1 << 3)
    /// As JSON (libnftables-json(5)). The commands' own form is recognised in any case.
    ///
    /// Equivalent to: `nft -j`
    public static let json = Format(rawValue: 1 << 4)
  }

  /// Runs commands, separated by line ends or semicolons, as one transaction: all of them or none.
  ///
  /// The namespace is that of the calling thread, or `namespace`.
  ///
  /// Equivalent to: `nft -f FILE`
  ///
  /// - Returns: what the commands print; empty unless they list something.
  @discardableResult
  public static func run(
    _ commands: String,
    in namespace: NetworkNamespace? = nil,
    format: Format = []
  ) throws(NftablesError) -> String {
    guard let namespace else { return try runHere(commands, format) }
    do {
      return try namespace.perform { try runHere(commands, format) }
    } catch let error as NftablesError {
      throw error
    } catch {
      throw NftablesError(.system, command: firstLine(commands), message: "\(error)")
    }
  }

  /// The whole ruleset, without counters as it is compared and kept, or with them.
  ///
  /// Where the kernel can load modules and nf_tables isn't loaded, this loads it.
  ///
  /// Equivalent to: `nft -s list ruleset`, with counters `nft list ruleset`
  public static func ruleset(
    in namespace: NetworkNamespace? = nil,
    includesCounters: Bool = false
  ) throws(NftablesError) -> String {
    try run("list ruleset", in: namespace, format: includesCounters ? [] : .stateless)
  }

  /// Throws unless libnftables and the kernel can do their part in the namespace; the error says what to
  /// install.
  public static func check(in namespace: NetworkNamespace? = nil) throws(NftablesError) {
    try run("list tables", in: namespace)
  }

  private static func runHere(_ commands: String, _ format: Format) throws(NftablesError) -> String {
    let library = try Library.shared.get()
    try requireNetlink(for: commands)
    let file = try memoryFile(commands)
    let path = "/proc/self/fd/\(file.rawValue)"
    guard let answer = library.run(file: path, flags: format.rawValue) else {
      throw NftablesError(
        .system,
        command: firstLine(commands),
        message: "libnftables made no context, or has no descriptor below \(LowDescriptors.bound)"
      )
    }
    guard answer.succeeded else {
      let diagnostics = answer.errors.replacing(path + ":", with: "line ")
      throw NftablesError(commands: commands, diagnostics: diagnostics)
    }
    return answer.output
  }

  /// The commands as a file in memory: of a buffer, libnftables quotes the first line in every error, of a file
  /// the line that it means.
  private static func memoryFile(_ commands: String) throws(NftablesError) -> Descriptor {
    do {
      let file = Descriptor(owning: try systemCall("memfd_create") { unsafe kp_memory_file("ruleset") })
      // Without an end, the last line would be a syntax error.
      try file.writeAll(Array((commands + "\n").utf8), subject: "memfd")
      return file
    } catch {
      throw NftablesError(.system, command: firstLine(commands), message: "\(error)")
    }
  }

  /// Throws if no netfilter socket can be opened: libnftables would end the whole process then.
  private static func requireNetlink(for commands: String) throws(NftablesError) {
    do {
      _ = Descriptor(
        owning: try systemCall("socket", "NETLINK_NETFILTER") {
          socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), NETLINK_NETFILTER)
        }
      )
    } catch {
      let lacksNetfilter = error.errno == .protocolNotSupported
      throw NftablesError(
        lacksNetfilter ? .kernelSupportMissing : .system,
        command: firstLine(commands),
        message: "\(error)",
        advice: lacksNetfilter ? NftablesError.kernelAdvice : ""
      )
    }
  }

  private static func firstLine(_ commands: String) -> String {
    commands.split(separator: "\n").first.map(String.init) ?? ""
  }
}
