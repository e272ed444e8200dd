// swift-tools-version: 6.2
import PackageDescription

/// One executable for each decoder that reads what others wrote. A package of its own, because everything in
/// it is built with the fuzzer's instrumentation; `run` builds and runs it.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The fuzz targets, each with the product that it tries: Sources/NAME/Target.swift, FailCases/NAME, and a
/// line in `run` that makes its seeds. They are static libraries, because libFuzzer brings the main program.
let targets = [
  "captures": "Captures", "configuration-files": "NetworkConfiguration", "dns-messages": "Frames",
  "ethernet-frames": "Frames", "netlink-messages": "Netlink",
]

let package = Package(
  name: "fuzzing",
  products: targets.keys.sorted().map { .library(name: $0, type: .static, targets: [$0]) },
  dependencies: [.package(name: "kingpost", path: "..")],
  targets: targets.keys.sorted().map { name in
    .target(
      name: name,
      dependencies: [.product(name: targets[name, default: name], package: "kingpost")],
      swiftSettings: settings
    )
  }
)
