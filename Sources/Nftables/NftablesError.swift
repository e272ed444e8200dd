/// Why nftables did not do what it was asked.
public struct NftablesError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Code: Hashable, Sendable {
    /// libnftables.so.1 could not be loaded.
    case libraryMissing
    /// The kernel has no nf_tables.
    case kernelSupportMissing
    /// Only CAP_NET_ADMIN over the network namespace may do this.
    case notPermitted
    /// libnftables or the kernel refused a command.
    case refused
    /// The namespace could not be entered, or memory or descriptors ran out.
    case system
  }

  /// What kind of failure it is.
  public let code: Code
  /// The line that failed, where libnftables says so, else the first line of the commands.
  public let command: String
  /// What libnftables, the loader or the kernel says, in one line.
  public let message: String
  /// All that libnftables wrote, with markers under the words that it means; may be empty.
  public let diagnostics: String
  /// What to do about it; may be empty.
  public let advice: String

  /// An error of a command.
  public init(
    _ code: Code,
    command: String,
    message: String,
    diagnostics: String = "",
    advice: String = ""
  ) {
    self.code = code
    self.command = command
    self.message = message
    self.diagnostics = diagnostics
    self.advice = advice
  }
}

extension NftablesError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    let what = command.isEmpty ? "nftables" : "nft '\(command)'"
    return "\(what): \(message)" + (advice.isEmpty ? "" : ". \(advice)")
  }
}

extension NftablesError {
  /// The advice for a kernel that lacks nf_tables.
  static let kernelAdvice =
    "The kernel needs nf_tables: modprobe nf_tables, or a kernel with CONFIG_NF_TABLES, "
    + "CONFIG_NF_TABLES_INET and CONFIG_NFT_MASQ"

  /// The failure that libnftables describes with `diagnostics`: for each command that failed a line with
  /// "Error: " and the reason, the command's own line, and a line of markers.
  init(commands: String, diagnostics: String) {
    let lines = diagnostics.split(separator: "\n")
    var message: Substring?
    var quoted: Substring?
    for (index, line) in lines.enumerated() where message == nil {
      guard let label = line.firstRange(of: "Error: ") else { continue }
      message = line[label.upperBound...]
      quoted = lines.dropFirst(index + 1).first
    }
    let reason = message ?? lines.first ?? "libnftables gave no reason"
    let command = quoted ?? commands.split(separator: "\n").first ?? ""
    var code = Code.refused
    var advice = ""
    // The texts are those of strerror(3) for EPERM, and for what nfnetlink answers without nf_tables.
    if reason.contains("Operation not permitted") {
      code = .notPermitted
      advice = "It needs CAP_NET_ADMIN: run as root, or inside a user namespace"
    } else if reason.hasPrefix("cache initialization failed") || reason.contains("Protocol not supported") {
      code = .kernelSupportMissing
      advice = Self.kernelAdvice
    } else if reason.hasPrefix("Could not process rule: No such file or directory") {
      advice = "Something it names (table, chain, set) does not exist, or the kernel lacks a module for it"
    }
    self.init(
      code,
      command: String(command.drop { $0.isWhitespace }),
      message: String(reason),
      diagnostics: diagnostics,
      advice: advice
    )
  }
}
