import Glibc
import Lab
import LinuxSystem
import Measuring
import NetworkTypes

/// The same hosts, built by a shell script with ip(8) and nft(8): as few processes as they allow, one batch
/// for all namespaces and one for what is in each.
final class ShellLab {
  private let path: String
  private let unshare: String

  init(_ plans: [HostPlan]) throws {
    for (tool, package) in [("ip", "iproute2"), ("nft", "nftables"), ("nsenter", "util-linux")] {
      _ = try find(tool, package: package)
    }
    unshare = try find("unshare", package: "util-linux")
    path = try writeFile("lab.sh", ShellLabText(plans).lines)
  }

  deinit { unsafe unlink(path) }

  /// How long it takes from the script's start until it says that all is up; then everything is let go.
  func run() throws -> Duration {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ProgramFailure(program: "pipe", status: errno) }
    let output = Descriptor(owning: ends[0])
    let clock = ContinuousClock()
    let start = clock.now
    let child = try spawn(Descriptor(owning: ends[1]))
    var words: [UInt8] = []
    var end: ContinuousClock.Instant?
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe read(output.rawValue, &chunk, chunk.count)
      if count <= 0 { break }
      words += chunk[..<count]
      if end == nil, words.starts(with: Array("up\n".utf8)) { end = clock.now }
    }
    let status = try child.waitForEnd()
    guard status == 0, let end else {
      throw ProgramFailure(program: path, status: status, words: String(decoding: words, as: UTF8.self))
    }
    return start.duration(to: end)
  }

  private func spawn(_ words: consuming Descriptor) throws -> ChildProcess {
    try ChildProcess(
      unshare,
      ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-e", path],
      errors: words.rawValue
    )
  }
}
