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

let package = Package(
  name: "kingpost",
  products: [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    .target(name: "CLinux"),
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
    .target(name: "Frames", dependencies: ["NetworkTypes", "WireFormat"], swiftSettings: settings),
    .target(
      name: "Lab",
      dependencies: [
        "Frames", "LinuxSystem", "NetworkTypes", "Observation", "Statistics", "WireFormat", system,
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
    .target(name: "Observation", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .target(name: "Statistics", swiftSettings: settings),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: settings),
    .testTarget(name: "WireFormatTests", dependencies: ["WireFormat"], swiftSettings: settings),
    .testTarget(name: "NetworkTypesTests", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .testTarget(
      name: "FramesTests",
      dependencies: ["Frames", "LinuxSystem", "NetworkTypes", "Observation", "WireFormat"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "LabTests",
      dependencies: ["Frames", "Lab", "NetworkTypes", "Observation", "Statistics", "WireFormat"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "KernelTests",
      dependencies: ["Frames", "Lab", "LinuxSystem", "Lookups", "NetworkTypes", "Observation"],
      swiftSettings: settings
    ),
  ]
)
