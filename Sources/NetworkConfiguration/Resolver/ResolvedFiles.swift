internal import Observation

/// The files of systemd-resolved (resolved.conf(5)), as far as they say how it resolves and for whom. Servers and
/// domains are left out: they may name what is nobody else's business.
public enum ResolvedFiles {
  /// The keys that are kept.
  public static let keys = [
    "Cache", "CacheFromLocalhost", "DNSOverTLS", "DNSSEC", "DNSStubListener", "DNSStubListenerExtra", "LLMNR",
    "MulticastDNS", "ResolveUnicastSingleLabel", "StaleRetentionSec",
  ]

  /// The lines with keys that are kept, and the sections' names.
  static func lines(_ text: String) -> String {
    let kept = text.split(whereSeparator: \.isNewline).filter { line in
      line.hasPrefix("[") || keys.contains { line.hasPrefix($0 + "=") || line.hasPrefix($0 + " ") }
    }
    return kept.map { $0 + "\n" }.joined()
  }

  private static let folders = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map { $0 + "/systemd" }

  /// The main file, which is the first that there is, and the drop-ins that count, by their paths. Where resolved
  /// runs without any, the first place is absent.
  static func read(from tree: any FileTree) -> [String: Reading<String>] {
    var readings: [String: Reading<String>] = [:]
    for path in folders.map({ $0 + "/resolved.conf" }) {
      let reading = tree.file(at: path)
      if case .absent = reading { continue }
      readings[path] = reading.map { lines(String(decoding: $0.bytes, as: UTF8.self)) }
      break
    }
    var files = FileGathering(tree)
    for (path, file) in files.files(in: folders.map { $0 + "/resolved.conf.d" }, suffix: ".conf") {
      readings[path] = .value(lines(String(decoding: file.bytes, as: UTF8.self)))
    }
    for line in files.unreadable {
      let parts = line.split(separator: ":", maxSplits: 1)
      readings[String(parts[0])] = .unreadable(reason: line)
    }
    if readings.isEmpty, case .value = tree.names(in: "/run/systemd/resolve") {
      readings["/etc/systemd/resolved.conf"] = .absent
    }
    return readings
  }
}
