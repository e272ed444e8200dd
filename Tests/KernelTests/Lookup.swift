import LinuxSystem
import Lookups
import NetworkTypes
import Observation

/// Makes lookups and waits for all of them.
enum Lookup {
  struct TooSlow: Error { let left: Int }

  /// The results, in the order of the requests.
  static func run(
    _ requests: [LookupRequest],
    in namespace: NetworkNamespace,
    sockets: SocketPolicy = .perLookup,
    seed: UInt64 = 1,
    before: @escaping @Sendable () -> Void = {}
  ) throws -> [LookupResult] {
    try NamespaceThread.run {
      let loop = try EventLoop()
      let client = LookupClient(on: loop, in: namespace, sockets: sockets, seed: seed)
      var results = [LookupResult?](repeating: nil, count: requests.count)
      var left = requests.count
      for (index, request) in requests.enumerated() {
        client.start(request) {
          results[index] = $0
          left -= 1
          if left == 0 { loop.stop() }
        }
      }
      before()
      loop.schedule(after: .seconds(30)) { throw TooSlow(left: left) }
      if left > 0 { try loop.run() }
      return results.compactMap { $0 }
    }
  }
}
