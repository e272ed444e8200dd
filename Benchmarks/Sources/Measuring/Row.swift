internal import Glibc

/// One line of a benchmark's table.
package struct Row {
  private let cells: [String]
  /// Whether what was promised is kept; true if nothing was.
  package let isKept: Bool

  /// A line; what isn't there has a dash.
  ///
  /// - Parameters:
  ///   - figure: Our own median, with its unit.
  ///   - peer: The peer's.
  ///   - ratio: The median of the rounds' ratios, with the least and the greatest.
  ///   - bar: What was promised.
  ///   - isMet: Whether the promise is kept, if there is one.
  package init(
    _ name: String,
    figure: String,
    peer: String = "-",
    ratio: String = "-",
    bar: Bar? = nil,
    isMet: Bool? = nil
  ) {
    cells = [name, figure, peer, ratio, bar?.words ?? "-", isMet.map { $0 ? "yes" : "NO" } ?? "-"]
    isKept = isMet ?? true
  }

  func show() { Self.show(cells) }

  static func showHeader(_ title: String) {
    show([title, "figure", "peer", "ratio", "bar", "met"])
  }

  // The last column is as wide as it is.
  private static let widths = [45, 30, 11, 24, 14, 0]

  private static func show(_ cells: [String]) {
    let padded = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: max(0, width - cell.count))
    }
    print(padded.joined())
    fflush(nil)
  }
}
