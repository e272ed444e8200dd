// netlink-benchmark [ROUNDS]: compares the Netlink library with ip(8), in network namespaces of its own;
// needs the right to make them. Ends with 1 if a bar is missed.
import Glibc
import LinuxSystem
import Measuring
import Netlink

if CommandLine.arguments.dropFirst().first == "list-links" {
  // What `ip -d -s link show` is compared with: the same listing by a process of its own.
  measure { try !NetlinkConnection().links().isEmpty }
}
let rounds = roundsAskedFor(default: 11)
measure {
  if getuid() != 0 { try UserNamespace.enter() }
  var table = Table("netlink, \(rounds) rounds")
  let dump = try DumpBenchmark()
  table.add(try dump.wholeProcess("/proc/\(getpid())/exe", rounds: rounds))
  table.add(try dump.inProcess(rounds: rounds))
  let churn = try ChurnBenchmark()
  table.add(try churn.oneByOne(rounds: rounds))
  table.add(try churn.batchedDeletion(rounds: rounds))
  return table.isKept
}
