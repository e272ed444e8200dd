// swift-tools-version: 6.2
import PackageDescription

/// Benchmarks against peers in the same run. A package of its own, so that nobody who uses the libraries
/// builds them.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "kingpost", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
  ],
  targets: [
    // What the benchmarks have in common: paired rounds, other programs, the table.
    .target(
      name: "Measuring",
      dependencies: [
        .product(name: "Netlink", package: "kingpost"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings
    ),
    // A capture larger than anybody has at hand, which is made anew each time.
    .target(
      name: "SyntheticCaptures",
      dependencies: [
        .product(name: "Captures", package: "kingpost"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "netlink-benchmark",
      dependencies: [
        "Measuring",
        .product(name: "Netlink", package: "kingpost"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "lab-benchmark",
      dependencies: [
        "Measuring",
        .product(name: "Lab", package: "kingpost"),
        .product(name: "Netlink", package: "kingpost"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "doctor-benchmark",
      dependencies: [
        "Measuring",
        .product(name: "Netlink", package: "kingpost"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "capture-benchmark",
      dependencies: [
        "Measuring", "SyntheticCaptures",
        .product(name: "Captures", package: "kingpost"),
      ],
      swiftSettings: settings
    ),
  ]
)
