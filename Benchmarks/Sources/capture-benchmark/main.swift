// capture-benchmark [ROUNDS]; capture-benchmark write FILE only makes the capture. How long reading a large capture takes, and how much memory, compared with
// capinfos(1) and, of a compressed one, with gzip(1). Needs 1.5 GB of /tmp. Ends with 1 if a bar is missed.
import Measuring
import SyntheticCaptures

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == ReadingProcess.argument {
  measure {
    try ReadingProcess.main(CommandLine.arguments[2])
    return true
  }
}
if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "write" {
  measure {
    try SyntheticCapture().write(to: CommandLine.arguments[2])
    return true
  }
}
let rounds = roundsAskedFor(default: 11)
measure {
  var table = Table("capture, \(rounds) rounds")
  let benchmark = try CaptureBenchmark(rounds: rounds)
  table.add(try benchmark.make())
  for row in try benchmark.plain() { table.add(row) }
  for row in try benchmark.traced() { table.add(row) }
  for row in try benchmark.compressed() { table.add(row) }
  return table.isKept
}
