// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is built with: language mode 6, strict memory safety, no warnings.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let nio = ["NIOCore", "NIOEmbedded", "NIOHTTP1"].map {
  Target.Dependency.product(name: $0, package: "swift-nio")
}

let package = Package(
  name: "kingpost",
  products: [
    .executable(name: "kingpost", targets: ["kingpost"]),
    // For the package's own fuzzers; no promise that it stays as it is.
    .library(name: "NetworkConfiguration", targets: ["NetworkConfiguration", "NetworkTypes", "Observation"]),
    .library(name: "Frames", targets: ["Frames", "NetworkTypes", "WireFormat"]),
    .library(name: "Captures", targets: ["Captures", "LinuxSystem", "NetworkTypes", "WireFormat"]),
    // The lower targets belong to it, because its interface speaks of namespaces, addresses and wire errors.
    .library(
      name: "Netlink",
      targets: ["Netlink", "NetlinkCodec", "LinuxSystem", "NetworkTypes", "WireFormat"]
    ),
    // For the package's own benchmarks; no promise that it stays as it is.
    .library(name: "Lab", targets: ["Lab", "Lookups", "Observation", "Statistics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Each target may use those below it only.
    .executableTarget(name: "kingpost", dependencies: ["Commands"], swiftSettings: settings),
    .target(
      name: "Commands",
      dependencies: [
        "Captures", "Diagnosis", "Experiments", "Frames", "Journeys", "Lab", "LinuxSystem", "NetworkTypes",
        "Observation", "Reporting",
        "Sensing",
        arguments, system,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Experiments",
      dependencies: [
        "Diagnosis", "Frames", "Journeys", "Lab", "LinuxSystem", "Lookups", "NetworkConfiguration",
        "NetworkTypes",
        "Observation", "Reporting",
        "Sensing", "Statistics", system,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Lab",
      dependencies: [
        "Frames", "LinuxSystem", "Netlink", "NetlinkCodec", "NetworkTypes", "Nftables", "Observation",
        "Statistics",
        "WireFormat", system,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Lookups",
      dependencies: [
        "Frames", "LinuxSystem", "NetworkTypes", "Observation", "Statistics", "WireFormat", system,
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Reporting",
      resources: [
        .embedInCode("Schemas/comparison.json"), .embedInCode("Schemas/experiment.json"),
        .embedInCode("Schemas/experiments.json"), .embedInCode("Schemas/findings.json"),
        .embedInCode("Schemas/journey.json"), .embedInCode("Schemas/matrix.json"),
        .embedInCode("Schemas/snapshot.json"), .embedInCode("Schemas/trace.json"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "Diagnosis",
      dependencies: ["Journeys", "NetworkConfiguration", "NetworkTypes", "Observation"],
      swiftSettings: settings
    ),
    .target(
      name: "Journeys",
      dependencies: ["NetworkTypes", "Observation", deque],
      swiftSettings: settings
    ),
    .target(name: "Statistics", swiftSettings: settings),
    .target(
      name: "Netlink",
      dependencies: ["CLinux", "LinuxSystem", "NetlinkCodec", "NetworkTypes", "WireFormat", system],
      swiftSettings: settings
    ),
    .target(name: "NetlinkCodec", dependencies: ["NetworkTypes", "WireFormat"], swiftSettings: settings),
    .target(
      name: "Nftables",
      dependencies: ["CLinux", "LinuxSystem", system],
      swiftSettings: settings
    ),
    .target(
      name: "Docker",
      dependencies: ["LinuxSystem", "NetworkTypes", system] + nio,
      swiftSettings: settings
    ),
    .target(
      name: "Sensing",
      dependencies: [
        "Captures", "Docker", "Frames", "LinuxSystem", "Netlink", "NetlinkCodec", "NetworkConfiguration",
        "NetworkTypes",
        "Nftables", "Observation", "PacketSocket", "WireFormat", system,
      ],
      resources: [.embedInCode("Collector/collect.sh"), .embedInCode("Collector/namespace.sh")],
      swiftSettings: settings
    ),
    .target(
      name: "NetworkConfiguration",
      dependencies: ["NetworkTypes", "Observation", yaml],
      swiftSettings: settings
    ),
    .target(
      name: "PacketSocket",
      dependencies: ["CLinux", "LinuxSystem", "NetworkTypes", system],
      swiftSettings: settings
    ),
    .target(name: "Observation", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .target(
      name: "Captures",
      dependencies: ["CLinux", "LinuxSystem", "NetworkTypes", "WireFormat", system],
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]
    ),
    .target(name: "Frames", dependencies: ["NetworkTypes", "WireFormat"], swiftSettings: settings),
    .target(
      name: "LinuxSystem",
      dependencies: ["CLinux", "NetworkTypes", system, heap],
      swiftSettings: settings
    ),
    .target(
      name: "WireFormat",
      // A reader over borrowed bytes may not outlive them; saying so needs this feature, here only.
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]
    ),
    .target(name: "NetworkTypes", swiftSettings: settings),
    .target(name: "CLinux"),
    .target(name: "Snapshots", path: "Tests/Snapshots", swiftSettings: settings),
    .testTarget(
      name: "CapturesTests",
      dependencies: ["Captures", "LinuxSystem", "NetworkTypes"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Commands", "Lab", "NetworkTypes", "Observation", "Reporting", "Snapshots", "kingpost",
      ],
      exclude: ["Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DockerClientTests",
      dependencies: ["Docker", "LinuxSystem", "NetworkTypes"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DockerTests",
      dependencies: [
        "Diagnosis", "Docker", "LinuxSystem", "Netlink", "NetlinkCodec", "NetworkTypes", "Nftables",
        "Observation",
        "Sensing", system,
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: [
        "Journeys", "Diagnosis", "NetworkTypes", "Observation",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Diagnosis", "Experiments", "Journeys", "Lab", "NetworkTypes", "Observation", "Reporting",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "FramesTests",
      dependencies: ["Frames", "LinuxSystem", "NetworkTypes", "Observation", "WireFormat"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "JourneysTests",
      dependencies: ["Journeys", "NetworkTypes", "Observation"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "LabTests",
      dependencies: ["Frames", "Lab", "NetworkTypes", "Observation", "Statistics", "WireFormat"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "NetlinkCodecTests",
      dependencies: ["LinuxSystem", "Netlink", "NetlinkCodec", "NetworkTypes", "WireFormat"],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .testTarget(name: "LinuxSystemTests", dependencies: ["LinuxSystem"], swiftSettings: settings),
    .testTarget(
      name: "NetworkConfigurationTests",
      dependencies: ["NetworkConfiguration", "NetworkTypes", "Observation"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(name: "NetworkTypesTests", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .testTarget(
      name: "ObservationTests",
      dependencies: ["NetworkTypes", "Observation", "Snapshots"],
      exclude: ["Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PacketSocketTests",
      dependencies: ["Frames", "NetworkTypes", "PacketSocket", "WireFormat"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Snapshots"],
      exclude: ["Snapshots"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "SensingTests",
      dependencies: [
        "Captures", "Frames", "LinuxSystem", "Netlink", "NetlinkCodec", "NetworkConfiguration",
        "NetworkTypes",
        "Observation", "Sensing", "WireFormat",
      ],
      exclude: ["Collector/Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: settings),
    .testTarget(name: "WireFormatTests", dependencies: ["WireFormat"], swiftSettings: settings),
    .testTarget(
      name: "KernelTests",
      dependencies: [
        "Journeys",
        "Captures", "Diagnosis", "Experiments", "Reporting",
        "Frames", "Lab", "LinuxSystem", "Lookups", "Netlink", "NetlinkCodec", "NetworkTypes", "Nftables",
        "Observation",
        "PacketSocket", "Sensing", "Statistics", "WireFormat", system,
      ],
      swiftSettings: settings
    ),
  ]
)
