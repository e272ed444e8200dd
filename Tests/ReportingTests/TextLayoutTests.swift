import Testing

@testable import Reporting

@Suite struct TextLayoutTests {
  @Test(arguments: [
    ("", 10, [""]), ("   ", 10, [""]), ("one", 10, ["one"]), ("one two", 7, ["one two"]),
    ("one two", 6, ["one", "two"]), ("  one   two  ", 20, ["one two"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("ab cdefghij k", 4, ["ab", "cdef", "ghij", "k"]),
    ("abcdefg hi", 4, ["abcd", "efg", "hi"]),
  ])
  func `text is broken between words, and within words that are too long`(
    text: String,
    width: Int,
    lines: [String]
  ) {
    #expect(TextLayout.wrap(text, to: width) == lines)
  }

  @Test(arguments: 1...90) func `no line is wider than asked for, and no letter is lost`(width: Int) {
    let text =
      "The bridge's MAC changed at br0 (from 02:42:ac:12:00:01), and containers went on sending to it."
    let lines = TextLayout.wrap(text, to: width)
    #expect(lines.allSatisfy { (1...width).contains($0.count) })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test(arguments: [0, -5]) func `a width that leaves no room still takes a letter a line`(width: Int) {
    #expect(TextLayout.wrap("abc", to: width) == ["a", "b", "c"])
  }

  @Test func `a paragraph's further lines are indented like its first`() {
    var layout = TextLayout()
    layout.paragraph(String(repeating: "word ", count: 20), bullet: "  - ")
    #expect(layout.lines.count == 2)
    #expect(layout.lines[0] == "  - " + Array(repeating: "word", count: 15).joined(separator: " "))
    #expect(layout.lines[1] == "    word word word word word")
  }

  @Test func `a heading is in capitals, after an empty line`() {
    var layout = TextLayout()
    layout.heading("The arms")
    #expect(layout.text == "\nTHE ARMS\n")
  }

  @Test func `columns stand side by side, and only the first line of the marked row is marked`() {
    var layout = TextLayout()
    layout.columns(
      ["one", String(repeating: "a", count: 40), "end"],
      ["eins", "zwei"],
      headings: ("LEFT", "RIGHT"),
      marked: 1
    )
    let width = 37
    func row(_ left: String, _ right: String, _ mark: String = "  ") -> String {
      let text = mark + TextLayout.padded(left, to: width) + " | " + right
      return text.trimmingTrailingSpaces
    }
    let rule = String(repeating: "-", count: width)
    #expect(
      layout.lines == [
        row("LEFT", "RIGHT"), row(rule, rule), row("one", "eins"),
        row(String(repeating: "a", count: width), "zwei", "> "), row("aaa", ""), row("end", ""),
      ]
    )
    #expect(layout.lines.allSatisfy { $0.count <= TextLayout.width })
  }

  @Test func `a table's first column is aligned to the left, the others to the right`() {
    var layout = TextLayout()
    layout.table([["", "hosts", "hit"], ["baseline", "12", "0"], ["fault", "12"]])
    #expect(layout.lines == ["            hosts  hit", "  baseline     12    0", "  fault        12"])
    var empty = TextLayout()
    empty.table([])
    #expect(empty.lines.isEmpty)
  }

  @Test func `a long command is continued as a shell reads it`() {
    var layout = TextLayout()
    layout.command("ip link set dev br0 up")
    layout.command("nft 'add rule inet filter forward oifname \"br0\" ct state established,related accept'")
    #expect(
      layout.lines == [
        "    ip link set dev br0 up",
        "    nft 'add rule inet filter forward oifname \"br0\" ct state \\",
        "      established,related accept'",
      ]
    )
    layout.command(String(repeating: "sysctl ", count: 60))
    #expect(layout.lines.allSatisfy { $0.count <= TextLayout.width })
    #expect(layout.lines.dropLast().suffix(5).allSatisfy { $0.hasSuffix(" \\") })
  }

  @Test func `what a terminal could take for orders, or can't show, becomes question marks`() {
    var layout = TextLayout()
    let hostile = "a\u{1b}[31mb\nc\r\nd\u{7f}e\u{9b}f\u{202e}g\u{0}h\té\u{1f600}"
    layout.line(hostile)
    layout.paragraph(hostile, bullet: "")
    layout.table([[hostile]])
    layout.heading(hostile)
    layout.columns([hostile], [hostile], headings: (hostile, ""), marked: nil)
    #expect(layout.lines[0] == "a?[31mb?c?d?e?f?g?h???")
    #expect(layout.lines[1] == layout.lines[0])
    #expect(layout.lines.allSatisfy { line in line.utf8.allSatisfy { (0x20..<0x7f).contains($0) } })
  }
}
