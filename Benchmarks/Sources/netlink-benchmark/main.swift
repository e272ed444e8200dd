// netlink-benchmark [ROUNDS]: compares the Netlink library with ip(8), in network namespaces of its own; needs
// the right to make them. Ends with 1 if a bar is missed.
import Glibc
import LinuxSystem
import Netlink

let arguments = CommandLine.arguments
if arguments.dropFirst().first == "list-links" {
  // What `ip -d -s link show` is compared with: the same listing by a process of its own.
  exit(try NetlinkConnection().links().isEmpty ? 1 : 0)
}
if getuid() != 0 { try UserNamespace.enter() }
guard let rounds = Int(arguments.dropFirst().first ?? "11"), (1...1_000).contains(rounds) else {
  print("usage: netlink-benchmark [ROUNDS], of which there may be 1 to 1000")
  exit(64)
}
let dump = try DumpBenchmark().run("/proc/\(getpid())/exe", rounds: rounds)
let churn = try ChurnBenchmark().run(rounds: rounds)
exit(dump && churn ? 0 : 1)
