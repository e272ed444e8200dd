import Foundation
import Lab
import LinuxSystem
import Observation
import Sensing
import Testing

/// A lab's host as the collector's script sees it: with processes of its own, of which one is in each container, and
/// with files for what resolvers read.
struct CollectedHost {
  /// What the script printed.
  let output: [UInt8]
  /// What it wrote to standard error.
  let complaints: String

  /// Runs the script on the host, in namespaces of its own for processes and mounts, and ends all that with it.
  init(_ host: LabHost) throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "kingpost-collected-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      try text.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }
    func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }
    try write(CollectorScript.text, "collect.sh")
    try write(Self.script, "run.sh")
    try write(host.resolver.text, "host.conf")
    let own = ProcessInfo.processInfo.processIdentifier
    var arguments = [folder.path]
    for container in host.containers.values.sorted(by: { $0.port < $1.port }) {
      try write(container.resolver.text, "\(container.plan.name).conf")
      arguments += [container.plan.name, "/proc/\(own)/fd/\(container.namespace.rawDescriptor)"]
    }
    let child = try ChildProcess(
      "/usr/bin/unshare",
      ["-m", "-p", "-f", "--kill-child", "/bin/sh", folder.appending(path: "run.sh").path] + arguments,
      in: host.namespace
    )
    let status = try child.waitForEnd()
    complaints = String(decoding: (try? read("errors")) ?? Data(), as: UTF8.self)
    try #require(status == 0, "the script ended with \(status): \(complaints)")
    output = Array(try read("output"))
  }

  /// The first process of the host waits until each container has one, which has its own /etc/resolv.conf.
  private static let script = """
    set -eu
    folder=$1
    shift
    exec 2>"$folder/errors"
    mount --bind "$folder/host.conf" /etc/resolv.conf
    mount -t sysfs -o ro sysfs /sys
    mkfifo "$folder/ready"
    exec 3<>"$folder/ready"
    while [ $# -gt 1 ]; do
      nsenter --net="$2" unshare -m sh -c 'mount --bind "$1" /etc/resolv.conf; echo >&3; exec sleep 600 3>&-' \\
        sh "$folder/$1.conf" &
      read -r _ <&3
      shift 2
    done
    mount -t proc proc /proc
    sh -s <"$folder/collect.sh" >"$folder/output" 3>&-

    """
}
