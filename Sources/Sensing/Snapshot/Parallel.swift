internal import LinuxSystem
internal import Synchronization

/// Work that is done on two threads which may be moved between network namespaces.
enum Parallel {
  /// What `body` makes of each item, in the items' order.
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item],
    _ body: @escaping @Sendable (Item) -> Value
  ) -> [Value] {
    let work = Work(items, body)
    let first = NamespaceThread.start { work.run() }
    if items.count > 1 {
      let second = NamespaceThread.start { work.run() }
      second.wait()
    }
    first.wait()
    return work.results
  }

  private final class Work<Item: Sendable, Value: Sendable>: Sendable {
    private let items: [Item]
    private let body: @Sendable (Item) -> Value
    private let state: Mutex<(next: Int, results: [Value?])>

    init(_ items: [Item], _ body: @escaping @Sendable (Item) -> Value) {
      self.items = items
      self.body = body
      state = Mutex((0, Array(repeating: nil, count: items.count)))
    }

    func run() {
      while let index = take() {
        let value = body(items[index])
        state.withLock { $0.results[index] = value }
      }
    }

    private func take() -> Int? {
      state.withLock { state in
        guard state.next < items.count else { return nil }
        state.next += 1
        return state.next - 1
      }
    }

    var results: [Value] { state.withLock { $0.results.compactMap(\.self) } }
  }
}
