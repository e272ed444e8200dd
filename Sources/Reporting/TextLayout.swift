/// Lays text out for a terminal: ASCII, at most 80 columns, nothing that relies on colour.
struct TextLayout {
  /// The widest line.
  static let width = 80
  private(set) var lines: [String] = []

  /// Adds a line as it is, but for what a terminal could take for orders or can't show: that becomes `?`.
  mutating func line(_ text: String = "") { lines.append(text.printable) }

  /// Takes the last line away.
  mutating func removeLast() { if !lines.isEmpty { lines.removeLast() } }

  /// Adds a heading, with an empty line before it.
  mutating func heading(_ text: String) {
    line()
    line(text.uppercased())
  }

  /// Adds a paragraph, broken between words; its first line starts with `bullet`, the others are indented alike.
  mutating func paragraph(_ text: String, bullet: String = "  ") {
    let indent = String(repeating: " ", count: bullet.count)
    let wrapped = Self.wrap(text, to: Self.width - bullet.count)
    for (index, line) in wrapped.enumerated() {
      self.line(((index == 0 ? bullet : indent) + line).trimmingTrailingSpaces)
    }
  }

  /// Adds a command to be copied; a long one is continued on further lines as sh(1) and nft(8) read them, inside
  /// their single quotes too. Words stay whole, whatever their length.
  mutating func command(_ text: String) {
    var line = "   "
    for word in text.split(separator: " ") {
      if line.count + word.count + 3 > Self.width, !line.allSatisfy({ $0 == " " }) {
        self.line(line + " \\")
        line = "     "
      }
      line += " " + word
    }
    self.line(line)
  }

  /// Adds two columns, cell by cell; `marked` is the row in which they differ first.
  mutating func columns(_ left: [String], _ right: [String], headings: (String, String), marked: Int?) {
    let width = (Self.width - 5) / 2
    func row(_ left: String, _ right: String, mark: String) {
      line((mark + Self.padded(left, to: width) + " | " + right).trimmingTrailingSpaces)
    }
    row(headings.0, headings.1, mark: "  ")
    row(String(repeating: "-", count: width), String(repeating: "-", count: width), mark: "  ")
    for index in 0..<max(left.count, right.count) {
      let leftLines = index < left.count ? Self.wrap(left[index], to: width) : []
      let rightLines = index < right.count ? Self.wrap(right[index], to: width) : []
      for line in 0..<max(leftLines.count, rightLines.count, 1) {
        row(
          line < leftLines.count ? leftLines[line] : "",
          line < rightLines.count ? rightLines[line] : "",
          mark: index == marked && line == 0 ? "> " : "  "
        )
      }
    }
  }

  /// Adds rows of cells; the first column is left-aligned, the others right-aligned.
  mutating func table(_ rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        column == 0
          ? Self.padded(cell, to: widths[column]) : Self.padded(cell, to: widths[column], onTheLeft: true)
      }
      line(("  " + cells.joined(separator: "  ")).trimmingTrailingSpaces)
    }
  }

  /// All lines, each with a line break.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Breaks text between words into lines of at most `width` characters, and a longer word within.
  static func wrap(_ text: String, to width: Int) -> [String] {
    let width = max(1, width)
    var lines: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      if !current.isEmpty, current.count + 1 + word.count > width {
        lines.append(current)
        current = ""
      }
      current += current.isEmpty ? String(word) : " " + word
      while current.count > width {
        lines.append(String(current.prefix(width)))
        current = String(current.dropFirst(width))
      }
    }
    if !current.isEmpty || lines.isEmpty { lines.append(current) }
    return lines
  }

  /// Fills text up with spaces.
  static func padded(_ text: String, to width: Int, onTheLeft: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - text.count))
    return onTheLeft ? spaces + text : text + spaces
  }
}

extension String {
  /// Without spaces at the end.
  var trimmingTrailingSpaces: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }

  /// With a question mark in place of every character that isn't printable ASCII.
  var printable: String {
    utf8.allSatisfy { (0x20..<0x7f).contains($0) }
      ? self : String(map { $0.asciiValue.map { (0x20..<0x7f).contains($0) } == true ? $0 : "?" })
  }
}
