internal import NetworkTypes
internal import Observation

/// A Docker whose seccomp profile is too old for new images.
struct SeccompGetaddrinfoCheck: Check {
  let entry = CatalogueEntry(
    number: 66,
    id: "seccomp-getaddrinfo",
    title: "an old Docker forbids system calls that new images' resolvers need",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "A new image's C library uses system calls that didn't exist when this Docker was made. Its seccomp profile"
        + " answers \"not permitted\" to what it doesn't know, instead of \"no such call\", and so the library doesn't"
        + " fall back to an older one.",
      "curl says \"getaddrinfo() thread failed to start\", busybox \"bad address\". It looks like DNS, but no packet"
        + " is ever sent. Old images on the same host work.",
    ],
    why:
      "glibc 2.34 starts threads with clone3, musl 1.2 on 32 bits reads the time with clock_gettime64. Docker 20.10.10"
      + " answers ENOSYS to clone3; libseccomp before 2.4.2 doesn't know the calls with 64-bit time.",
    byHand: [
      "docker version --format '{{.Server.Version}}'",
      "docker run --rm --security-opt seccomp=unconfined IMAGE …   # if that cures it, it was this",
    ],
    sources: ["m#42680", "gliderlabs/docker-alpine#135", "Docker 20.10.10 release notes"]
  )

  private static let cured = EngineVersion(20, 10, 10)

  func examine(_ host: HostView) -> [CheckResult] {
    eachDocker(of: host) { (engine) throws(Missing) in
      let version = try engine.knownVersion()
      guard version < Self.cured else {
        return .passed("its seccomp profile knows of clone3 (20.10.10 or later)")
      }
      return finding(
        .engine(engine.id),
        confidence: .possible,
        summary:
          "This Docker is older than 20.10.10: in new images getaddrinfo may not be permitted its threads.",
        consequence:
          "Names don't resolve in containers of images with glibc 2.34 or later, always, and no packet is sent."
          + " A distribution may have put the cure into an older version.",
        evidence: [
          Evidence(
            engine.id,
            engine.version.value ?? "",
            "answers EPERM to clone3, unless the distribution changed it"
          )
        ],
        remedies: [
          Remedy(
            .runtime,
            "Try a container without the profile, to see whether it is this.",
            commands: [
              "docker run --rm --security-opt seccomp=unconfined debian:stable getent hosts example.com",
              "docker run --rm debian:stable getent hosts example.com",
            ]
          ),
          Remedy(.persistent, "Upgrade Docker, containerd, runc and libseccomp together."),
        ]
      )
    }
  }
}
