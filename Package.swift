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
  products: [
    // The lower targets belong to it, because its interface speaks of namespaces, addresses and wire errors.
    .library(
      name: "Netlink",
      targets: ["Netlink", "NetlinkCodec", "LinuxSystem", "NetworkTypes", "WireFormat"]
    )
  ],
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
    .target(name: "Observation", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .target(name: "NetlinkCodec", dependencies: ["NetworkTypes", "WireFormat"], swiftSettings: settings),
    .target(
      name: "Netlink",
      dependencies: ["CLinux", "LinuxSystem", "NetlinkCodec", "NetworkTypes", "WireFormat", system],
      swiftSettings: settings
    ),
    .testTarget(name: "WireFormatTests", dependencies: ["WireFormat"], swiftSettings: settings),
    .testTarget(name: "NetworkTypesTests", dependencies: ["NetworkTypes"], swiftSettings: settings),
    .testTarget(
      name: "NetlinkCodecTests",
      dependencies: ["LinuxSystem", "Netlink", "NetlinkCodec", "NetworkTypes", "WireFormat"],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "KernelTests",
      dependencies: ["LinuxSystem", "Netlink", "NetlinkCodec", "NetworkTypes", system],
      swiftSettings: settings
    ),
  ]
)
