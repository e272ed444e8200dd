// lab-benchmark [ROUNDS]: how long a lab takes to come up, compared with a shell script that builds the same,
// and what can be done in one. Needs the right to make user namespaces. Ends with 1 if a bar is missed.
import LinuxSystem
import Measuring

let rounds = roundsAskedFor(default: 11)
measure {
  // Also as root: within it, this program's network namespaces are counted apart from all others.
  try UserNamespace.enter()
  return try NamespaceThread.run {
    var table = Table("lab, \(rounds) rounds")
    for row in try StartBenchmark().run(rounds: rounds) { table.add(row) }
    for row in try MemberBenchmark().run(rounds: rounds) { table.add(row) }
    for row in try LookupBenchmark().run(rounds: rounds) { table.add(row) }
    return table.isKept
  }
}
