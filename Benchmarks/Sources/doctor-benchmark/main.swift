// doctor-benchmark [ROUNDS]: how long the whole program `kingpost doctor` takes, and how much memory, on hosts
// in namespaces of its own, compared with listing the same by ip(8) and nft(8). Ends with 1 if a bar is missed.
import Glibc
import LinuxSystem
import Measuring

let rounds = roundsAskedFor(default: 11)
measure {
  if getuid() != 0 { try UserNamespace.enter() }
  let program = try KingpostProgram.find()
  var table = Table("doctor, \(rounds) rounds")
  for size in HostSize.all {
    let host = try BenchmarkHost(size)
    for row in try DoctorBenchmark(program, on: host, rounds: rounds).rows() { table.add(row) }
  }
  return table.isKept
}
