import Glibc
import LinuxSystem
import Measuring

/// A host in network, mount and process namespaces of its own, of which nothing but its processes is left once
/// it is let go: with them all of it ends.
final class BenchmarkHost {
  let size: HostSize
  private let script: String
  private let child: ChildProcess
  private let first: String
  private let nsenter: String

  init(_ size: HostSize) throws {
    self.size = size
    for (tool, package) in [("ip", "iproute2"), ("nft", "nftables")] { _ = try find(tool, package: package) }
    nsenter = try find("nsenter", package: "util-linux")
    script = try writeFile("host.sh", BenchmarkHostText(size).lines)
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ProgramFailure(program: "pipe", status: errno) }
    let output = Descriptor(owning: ends[0])
    child = try Self.spawn(script, Descriptor(owning: ends[1]))
    let words = Self.words(of: output)
    guard words.hasSuffix("up\n") else {
      kill(child.identifier, SIGKILL)
      throw ProgramFailure(program: script, status: child.exitStatusIfEnded() ?? 0, words: words)
    }
    first = try TextFile.read("/proc/\(child.identifier)/task/\(child.identifier)/children")
  }

  deinit {
    // unshare(1) ignores SIGTERM; with it the kernel ends its child, and with that all processes in there.
    kill(child.identifier, SIGKILL)
    child.terminate()
    unsafe unlink(script)
  }

  /// Runs a program on it.
  func run(_ path: String, _ arguments: [String], acceptable: Set<Int32> = [0]) throws -> MeasuredRun {
    let enter = ["--target", first, "--net", "--mount", "--pid", "--", path]
    return try MeasuredRun(nsenter, enter + arguments, acceptable: acceptable)
  }

  private static func spawn(_ script: String, _ words: consuming Descriptor) throws -> ChildProcess {
    try ChildProcess(
      find("unshare", package: "util-linux"),
      ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-e", script],
      errors: words.rawValue
    )
  }

  /// What the script says until it is done with it.
  private static func words(of output: borrowing Descriptor) -> String {
    var words: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !words.suffix(4).elementsEqual("\nup\n".utf8) {
      let count = unsafe read(output.rawValue, &chunk, chunk.count)
      if count <= 0 { break }
      words += chunk[..<count]
    }
    return String(decoding: words, as: UTF8.self)
  }
}
