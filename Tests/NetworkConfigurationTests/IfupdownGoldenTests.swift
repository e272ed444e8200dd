import NetworkConfiguration
import Testing

/// ifupdown's own answers, beside ours.
@Suite struct IfupdownGoldenTests {
  /// Options that ifupdown computes.
  private static let computed: Set = [
    "broadcast", "netmask", "accept_ra", "request_prefix", "ll-attempts", "ll-interval", "autoconf",
    "preferred-lifetime", "dad-attempts", "dad-interval",
  ]

  @Test(arguments: GoldenCase.all("ifupdown")) func `stanzas are those of ifquery`(_ golden: GoldenCase) {
    var files = FileGathering(golden.tree)
    let parsed = IfupdownFiles(from: &files)
    var ours: [String] = []
    let names = parsed.stanzas.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for name in names {
      ours.append("iface \(name)")
      for option in parsed.stanzas(of: name).flatMap(\.options) where !Self.computed.contains(option.name) {
        ours.append("  \(option.name): \(Self.value(option))")
      }
    }
    var theirs: [String] = []
    for line in golden.golden where line.hasPrefix("iface ") || line.hasPrefix("  ") {
      let key = line.split(separator: ":").first.map { String($0.drop { $0 == " " }) } ?? ""
      if !Self.computed.contains(key) { theirs.append(line) }
    }
    // Where ifupdown gave up it lists nothing; that is what the next test is about.
    if !golden.golden.contains(where: { $0.hasPrefix("error ") }) {
      #expect(ours.sorted() == theirs.sorted())
    }
    #expect(Set(theirs).isSubset(of: Set(ours)))
  }

  @Test(arguments: GoldenCase.all("ifupdown")) func `mistakes are in its files and lines`(
    _ golden: GoldenCase
  ) {
    var files = FileGathering(golden.tree)
    _ = IfupdownFiles(from: &files)
    let places = golden.golden.filter { $0.hasPrefix("error ") }.map { line in
      line.dropFirst("error ".count).split(separator: ":").prefix(2).joined(separator: ":")
    }
    #expect(files.mistakes.prefix(1).map { "\($0.file):\($0.line)" } == places)
  }

  @Test(arguments: GoldenCase.all("ifupdown")) func `what comes up by itself is listed`(_ golden: GoldenCase)
  {
    var files = FileGathering(golden.tree)
    let parsed = IfupdownFiles(from: &files)
    if golden.golden.contains(where: { $0.hasPrefix("error /etc/network/interfaces") }) { return }
    // ifquery replaces patterns by what exists, lists only what has a stanza, and lo always.
    let names = Set(parsed.stanzas.map(\.name))
    let automatic = Set((parsed.allowed["auto"] ?? []).filter { names.contains($0) } + ["lo"])
    #expect(automatic == Set(golden.golden.filter { $0.hasPrefix("auto ") }.map { String($0.dropFirst(5)) }))
    let hotplug = Set((parsed.allowed["hotplug"] ?? []).filter { names.contains($0) })
    #expect(hotplug == Set(golden.golden.filter { $0.hasPrefix("hotplug ") }.map { String($0.dropFirst(8)) }))
  }

  /// ifquery takes the network's length off, and the word "ether".
  private static func value(_ option: IfupdownFiles.Option) -> String {
    switch option.name {
    case "address": String(option.value.split(separator: "/")[0])
    case "hwaddress": String(option.value.split(separator: " ").last ?? "")
    default: option.value
    }
  }
}
