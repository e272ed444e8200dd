import Glibc
import LinuxSystem
import Measuring
import SyntheticCaptures

/// Reading a large capture to its end, as it is and compressed, by a process of its own on both sides.
final class CaptureBenchmark {
  private let capture = SyntheticCapture()
  private let rounds: Int
  private let file: String
  private var packed: String { file + ".gz" }

  init(rounds: Int) throws {
    self.rounds = rounds
    file = try writeFile("capture.pcapng", [])
  }

  deinit {
    unsafe unlink(file)
    unsafe unlink(packed)
  }

  /// Makes the capture.
  func make() throws -> Row {
    let clock = ContinuousClock()
    let start = clock.now
    let octets = try capture.write(to: file)
    let seconds = start.duration(to: clock.now).milliseconds / 1_000
    return Row("make \(frames), \(octets / 1_000_000) MB", figure: "\(seconds.rounded(to: 1)) s")
  }

  /// Against what only counts them.
  func plain() throws -> [Row] {
    let capinfos = try find("capinfos", package: "wireshark-common")
    return try rows("read \(frames)", file, bar: .ratio(0.4)) {
      try MeasuredRun(capinfos, ["-c", file]).duration
    }
  }

  /// Following every request, against what only counts frames, and against a dissector's fields of a part of them.
  func traced() throws -> [Row] {
    let kingpost = try KingpostProgram.find()
    let capinfos = try find("capinfos", package: "wireshark-common")
    let tshark = try find("tshark", package: "tshark")
    var peaks: [Double] = []
    func trace() throws -> Duration {
      // Some requests are unanswered, so that it ends with 1.
      let run = try MeasuredRun(kingpost, ["trace", file], acceptable: [1])
      peaks.append(Double(run.peakMemory) / 1e6)
      return run.duration
    }
    let counted = try Comparison("trace \(frames)", bar: .ratio(0.4), rounds: rounds).run(ours: trace) {
      try MeasuredRun(capinfos, ["-c", file]).duration
    }
    let fields = ["dns.id", "dns.qry.name", "ip.src", "ip.dst"].flatMap { ["-e", $0] }
    func dissect(_ count: Int) throws -> Duration {
      try MeasuredRun(tshark, ["-r", file, "-c", "\(count)", "-T", "fields"] + fields).duration
    }
    // What it takes to start is left out: the difference of two counts.
    let some = (50_000, 350_000)
    let dissected = try Comparison(
      "trace, by frame; tshark -T fields",
      bar: .ratio(60),
      rounds: max(1, rounds / 3)
    ).run(
      ours: trace
    ) {
      let (few, many) = (try dissect(some.0), try dissect(some.1))
      return (many - few) * (Double(capture.frameCount) / Double(some.1 - some.0))
    }
    return [counted, dissected, Row("  its peak memory", figure: peaks.medianAndSpread(of: "MB"))]
  }

  /// Against unpacking alone.
  func compressed() throws -> [Row] {
    // Little compressed: that it takes less time says nothing about the reader.
    _ = try MeasuredRun(find("gzip", package: "gzip"), ["-1", "--keep", "--force", file])
    let written = try Descriptor(opening: packed)
    fsync(written.rawValue)
    let shell = try find("sh", package: "dash")
    return try rows("read them from gzip", packed, bar: nil) {
      try MeasuredRun(shell, ["-c", "gzip -dc \"$1\" | wc -c", "sh", packed]).duration
    }
  }

  private var frames: String { "\((Double(capture.frameCount) / 1e6).rounded(to: 2)) million frames" }

  private func rows(_ name: String, _ path: String, bar: Bar?, peer: () throws -> Duration) throws -> [Row] {
    var peaks: [Double] = []
    let comparison = try Comparison(name, bar: bar, rounds: rounds).run(
      ours: {
        let run = try ReadingProcess.run(path, expecting: capture.frameCount)
        peaks.append(Double(run.peakMemory) / 1e6)
        return run.duration
      },
      peer: peer
    )
    return [comparison, Row("  its peak memory", figure: peaks.medianAndSpread(of: "MB"))]
  }
}
