internal import LinuxSystem
internal import Observation

/// Senses what all namespaces of the machine share, as the calling thread's namespace and /proc show it.
enum MachineSensor {
  /// The machine now.
  static func sense(_ modules: KernelModules) -> MachineSnapshot {
    var settings: [String: Reading<String>] = [:]
    for name in SnapshotSettings.ofMachine {
      settings[name] = Reading(attempting: { try Sysctl.read(name) })
    }
    let kernel = Machine.kernelRelease
    return MachineSnapshot(
      settings: settings,
      softnet: Reading(attempting: { KernelTables.softnet(try TextFile.read("/proc/net/softnet_stat")) }),
      pressure: Reading(attempting: { KernelTables.pressure(try TextFile.read("/proc/pressure/cpu")) }),
      processors: Reading(attempting: { try Processors.online().count }),
      modules: .value(modules.present),
      hasModulesFolder: exists("/lib/modules/\(kernel)"),
      machineIdDigest: Reading(attempting: {
        // Of the text, as `sha256sum` gives it for the same.
        SHA256.hexadecimal(of: "kingpost:" + (try TextFile.read("/etc/machine-id")))
      }),
      udevRuns: exists("/run/udev/control")
    )
  }

  private static func exists(_ path: String) -> Reading<Bool> {
    switch Reading(attempting: { try Directory.inode(of: path) }) {
    case .value: .value(true)
    case .absent: .value(false)
    case .unreadable(let reason): .unreadable(reason: reason)
    }
  }
}
