import Captures
import Glibc
import LinuxSystem
import Measuring

/// Reads a capture in a process that does nothing else, so that its memory is the reader's.
enum ReadingProcess {
  /// What it takes as its first argument; the second is the file.
  static let argument = "read"

  /// What is measured of one that ended.
  struct Run {
    /// From before it was spawned until after it was waited for.
    let duration: Duration
    /// The most memory that it had at once, in octets.
    let peakMemory: Int
  }

  /// Has this program read a file in a process of its own, which must find so many frames.
  static func run(_ path: String, expecting frames: Int) throws -> Run {
    let clock = ContinuousClock()
    let start = clock.now
    let words = try ProgramOutput.read(
      "/proc/\(getpid())/exe",
      [argument, path],
      timeout: .seconds(600),
      limit: 1_000
    )
    let duration = start.duration(to: clock.now)
    let numbers = words.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] == frames else {
      throw ProgramFailure(program: "read \(path)", status: 0, words: words)
    }
    return Run(duration: duration, peakMemory: numbers[1])
  }

  /// That process: prints how many frames there are, and its peak memory.
  static func main(_ path: String) throws {
    var reader = try CaptureReader(opening: path)
    var frames = 0
    var sum: UInt64 = 0
    while reader.advance() {
      let frame = reader.frame
      // An Ethernet header, which whoever reads a capture looks at.
      for index in 0..<min(14, frame.bytes.count) { sum &+= UInt64(frame.bytes[index]) }
      frames += 1
    }
    if let damage = reader.damage {
      throw ProgramFailure(program: "read \(path)", status: 0, words: "\(damage.offset): \(damage.reason)")
    }
    // Every frame has an EtherType: without a sum nothing was looked at.
    guard sum > 0 else { throw ProgramFailure(program: "read \(path)", status: 0, words: "nothing is in it") }
    print(frames, try peakMemory())
  }

  /// VmHWM (proc_pid_status(5)) in octets; unlike wait4(2)'s, it begins anew with the program.
  private static func peakMemory() throws -> Int {
    let lines = try TextFile.read("/proc/self/status").split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmHWM:") } ?? ""
    guard let kilobytes = line.split(whereSeparator: \.isWhitespace).compactMap({ Int($0) }).first else {
      throw ProgramFailure(program: "/proc/self/status", status: 0, words: "no VmHWM")
    }
    return kilobytes << 10
  }
}
