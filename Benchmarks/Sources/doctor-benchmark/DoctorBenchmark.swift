import Glibc
import Measuring

/// `kingpost doctor` and its relatives on one host, against what lists the same interfaces and rules.
struct DoctorBenchmark {
  private let program: String
  private let host: BenchmarkHost
  private let rounds: Int
  private let ip: String
  private let nft: String

  /// That something was found, or couldn't be told, is no failure.
  private static let verdicts: Set<Int32> = [0, 1, 2]

  init(_ program: String, on host: BenchmarkHost, rounds: Int) throws {
    self.program = program
    self.host = host
    self.rounds = rounds
    ip = try find("ip", package: "iproute2")
    nft = try find("nft", package: "nftables")
  }

  func rows() throws -> [Row] {
    let size = host.size
    var runs: [MeasuredRun] = []
    let comparison = try Comparison("doctor: \(size.name)", bar: .milliseconds(size.longest), rounds: rounds)
      .run(
        ours: {
          runs.append(try host.run(program, ["doctor"], acceptable: Self.verdicts))
          return runs[runs.count - 1].duration
        },
        peer: {
          try host.run(ip, ["-j", "-d", "link"]).duration + host.run(nft, ["-j", "list", "ruleset"]).duration
        }
      )
    let rows = [
      comparison, processorTime("  its processor time", runs), memory("  its memory", runs, size.largest),
    ]
    return size.rules > 0 ? rows + (try others()) : rows
  }

  /// What else reads the whole host, or its file.
  private func others() throws -> [Row] {
    let file = try writeFile("host.json", [])
    defer { unsafe unlink(file) }
    _ = try host.run(program, ["snapshot", "-o", file])
    return try [
      ("snapshot", ["snapshot"], [0]), ("snapshot --anonymise", ["snapshot", "--anonymise"], [0]),
      ("doctor FILE.json", ["doctor", file], Self.verdicts),
    ].flatMap { name, arguments, acceptable in
      let runs = try (0...rounds).map { _ in
        try host.run(program, arguments, acceptable: acceptable)
      }.dropFirst()
      return [
        Row(
          "\(name), the same host",
          figure: runs.map(\.duration.milliseconds).medianAndSpread(of: "ms")
        ),
        processorTime("  its processor time", Array(runs)),
        memory("  its memory", Array(runs), nil),
      ]
    }
  }

  private func processorTime(_ name: String, _ runs: [MeasuredRun]) -> Row {
    Row(name, figure: runs.map(\.processorTime.milliseconds).medianAndSpread(of: "ms"))
  }

  /// The greatest of all rounds counts.
  private func memory(_ name: String, _ runs: [MeasuredRun], _ most: Double?) -> Row {
    let megabytes = runs.map { Double($0.peakMemory) / 1e6 }
    let bar = most.map { Bar.megabytes($0) }
    return Row(
      name,
      figure: megabytes.medianAndSpread(of: "MB"),
      bar: bar,
      isMet: bar?.isMet(megabytes: megabytes.max() ?? .infinity)
    )
  }
}
