import Docker
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-1.5e+3", "12345678901234567890", "\"\"", "[]", "{}",
    "[1,[2,{\"a\":null}]]",
    #"{"a":"b","c":[true]}"#, #""\\ \" \n \t \u0001""#,
  ])
  func `what is written is read again`(text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(value.description == text)
    #expect(try JSONValue(parsing: " \n\t" + text + "\r\n ") == value)
  }

  @Test func `escapes are read as what they stand for`() throws {
    #expect(try JSONValue(parsing: #""\u00e9\ud83d\ude00\/\b""#) == .text("é😀/\u{8}"))
    // Half a pair is no character.
    #expect(try JSONValue(parsing: #""\ud83dx""#) == .text("\u{fffd}x"))
    #expect(try JSONValue(parsing: #""\ud83d\u0041""#) == .text("\u{fffd}A"))
  }

  @Test(arguments: [
    ("", 1, "expected a value, but the file ends"),
    ("{\n \"a\": 1,\n}", 3, "expected a key in quotes"),
    ("{\n \"a\" 1}", 2, "expected ':' after \"a\""),
    ("{\n\n \"a\": 1\n \"b\": 2}", 4, "expected ',' or '}'"),
    ("[1, 2", 1, "expected ',' or ']', but the file ends"),
    ("{\"a\": \"x\ny\"}", 1, "a line break or control character in quotes"),
    ("{\"a\": 'x'}", 1, "expected a value"),
    ("{} {}", 1, "something follows the end of the value"),
    ("[01]", 1, "a number that begins with 0"),
    ("[1.]", 1, "expected a digit"),
    ("[tru]", 1, "expected a value"),
    (#"["\x"]"#, 1, #"no such escape after '\'"#),
    (#"["\u12g4"]"#, 1, #"expected four hexadecimal digits after '\u'"#),
    ("// comment\n{}", 1, "expected a value"),
  ])
  func `a mistake is said with its line`(text: String, line: Int, what: String) {
    #expect(throws: ConfigurationMistake(line: line, what: what)) { try JSONValue(parsing: text) }
  }

  @Test func `a text that is nested without end is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: ConfigurationMistake.self) { try JSONValue(parsing: deep) }
  }

  @Test func `the last of two equal keys counts, as in Go`() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#)["a"] == .number("2"))
  }
}
