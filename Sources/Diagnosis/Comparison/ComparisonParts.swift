internal import Observation

/// Compares interfaces' flags.
enum LinkFlags {
  static func compare(
    _ left: LinkSnapshot,
    _ right: LinkSnapshot,
    _ subject: String,
    _ collector: inout DifferenceCollector
  ) {
    collector.compare(
      left.isUp ? "up" : "down",
      right.isUp ? "up" : "down",
      subject,
      "whether it is up",
      .isUp
    )
    func flags(_ link: LinkSnapshot) -> String {
      let flags = link.flags.filter { $0 != "UP" && $0 != "RUNNING" }.sorted()
      return flags.isEmpty ? "none" : flags.joined(separator: " ")
    }
    collector.compare(flags(left), flags(right), subject, "flags", .flags)
  }
}

/// Compares settings below /proc/sys.
enum SettingsComparison {
  static func compare(
    _ left: [String: Reading<String>],
    _ right: [String: Reading<String>],
    _ subject: String,
    _ collector: inout DifferenceCollector,
    where isMeant: (String) -> Bool = { _ in true }
  ) {
    for name in Set(left.keys).intersection(right.keys).sorted() where isMeant(name) {
      guard let significance = Significance.setting(name) else { continue }
      collector.compare(left[name], right[name], subject, name, significance, words: { $0 })
    }
  }
}

/// What matters of a resolv.conf(5).
enum ResolverLines {
  /// The lines with servers, search domains and options, in order.
  static func significant(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }.filter {
      !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix(";")
    }
  }
}

/// Compares engines.
enum EngineComparison {
  /// Version and settings.
  static func compare(
    _ left: EngineSnapshot,
    _ right: EngineSnapshot,
    _ subject: String,
    _ collector: inout DifferenceCollector
  ) {
    collector.compare(left.kind.rawValue, right.kind.rawValue, subject, "kind", .engine)
    collector.compare(left.version, right.version, subject, "version", .engineVersion, words: { $0 })
    func running(_ engine: EngineSnapshot) -> String { engine.process == nil ? "not running" : "running" }
    collector.compare(running(left), running(right), subject, "whether it runs", .engine)
    func rootless(_ engine: EngineSnapshot) -> String { engine.isRootless ? "rootless" : "root" }
    collector.compare(rootless(left), rootless(right), subject, "as whom it runs", .engine)
    guard
      let (leftSettings, rightSettings) = collector.both(
        left.settings,
        right.settings,
        "\(subject)'s settings",
        none: [:]
      )
    else { return }
    // Two daemons on one host must have folders and files of their own.
    let mustDiffer =
      left.id == right.id ? [] : ["data-root", "exec-root", "pidfile", "hosts", "bip", "fixed-cidr"]
    for name in Set(leftSettings.keys).union(rightSettings.keys).sorted() where !mustDiffer.contains(name) {
      collector.compare(leftSettings[name], rightSettings[name], subject, name, .engineSetting(name))
    }
  }

  /// Two networks' options.
  static func compareNetworks(
    _ left: EngineNetwork,
    _ right: EngineNetwork,
    _ subject: String,
    _ collector: inout DifferenceCollector
  ) {
    collector.compare(left.driver, right.driver, subject, "driver", .network)
    collector.compare(
      left.isInternal ? "internal" : "open",
      right.isInternal ? "internal" : "open",
      subject,
      "whether it has a way out",
      .network
    )
    let named = "com.docker.network.bridge.name"
    for name in Set(left.options.keys).union(right.options.keys).sorted() where name != named {
      collector.compare(left.options[name], right.options[name], subject, name, .network)
    }
  }
}
