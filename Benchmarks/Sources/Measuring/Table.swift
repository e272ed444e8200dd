/// A benchmark's results, printed as they come.
package struct Table {
  /// Whether every promise was kept so far.
  package private(set) var isKept = true

  /// Prints the table's head.
  package init(_ title: String) { Row.showHeader(title) }

  /// Prints a line.
  package mutating func add(_ row: Row) {
    row.show()
    isKept = isKept && row.isKept
  }
}
