internal import NetworkTypes
internal import Observation

/// Limits on files and watches that resolvers run into.
struct InotifyLimitCheck: Check {
  let entry = CatalogueEntry(
    number: 63,
    id: "fd-inotify",
    title: "a resolver can't start or answer for lack of files or watches",
    area: .resolver,
    severity: .info,
    mechanism: [
      "Each instance of inotify counts against a limit for each user, 128 in many kernels. Containers of root share"
        + " root's limit with everything else.",
      "dnsmasq needs one and doesn't start without (\"failed to create inotify\"); a resolver that has no file"
        + " descriptors left answers nothing.",
    ],
    why:
      "fs.inotify.max_user_instances is checked in inotify_new_group; EMFILE from socket(2) or accept(2) is the"
      + " process's own limit (RLIMIT_NOFILE), ENFILE the kernel's (fs.file-max).",
    byHand: [
      "sysctl fs.inotify.max_user_instances fs.file-nr",
      "find /proc/*/fd -lname 'anon_inode:inotify' 2>/dev/null | wc -l",
    ],
    sources: ["containers/podman#11825", "inotify(7)", "proc_sys_fs(5)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    [
      result(.host) { () throws(Missing) in
        let name = "fs.inotify.max_user_instances"
        let containers = host.bridges.flatMap(\.containers).count
        let text = try host.snapshot.machine.settings[name].needed(name)
        guard let text, let limit = Int(text) else {
          return .notApplicable("this kernel has no inotify")
        }
        guard limit <= 128, containers >= limit / 2 else {
          return .passed("\(limit) instances of inotify for each user, and \(containers) containers")
        }
        return finding(
          .host,
          confidence: .possible,
          summary: "\(containers) containers share \(limit) instances of inotify.",
          consequence:
            "A dnsmasq, or whatever else watches files, may fail to start. How many are in use wasn't"
            + " counted.",
          evidence: [Evidence(name, "\(limit)", "for each user; root's containers count as root")],
          remedies: [
            Remedy(.runtime, "Allow more.", commands: ["sysctl -w \(name)=1024"]),
            Remedy(
              .persistent,
              "sysctl.d: the same at boot.",
              files: [Remedy.File(path: "/etc/sysctl.d/90-inotify.conf", content: "\(name) = 1024\n")]
            ),
          ]
        )
      }
    ]
  }
}
