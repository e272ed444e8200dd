/// What a tracepoint's records contain, as its `format` file in tracefs describes it (the kernel's
/// Documentation/trace/events.rst). It differs from kernel to kernel.
public struct TracepointFormat: Hashable, Sendable {
  /// A field of a record.
  public struct Field: Hashable, Sendable {
    /// Where it begins, in bytes from the record's start.
    public let offset: Int
    /// How many bytes it has.
    public let size: Int
    /// Whether it holds offset (low 16 bits) and length (high 16 bits) of the contents (`__data_loc`).
    public let isDataLocation: Bool
  }

  /// The tracepoint's number, which perf_event_open(2) wants and which records begin with.
  public let identifier: UInt64
  /// The fields by name.
  public let fields: [String: Field]
  /// The names of a field's values where the format has them (`__print_symbolic`), by field and value.
  public let symbols: [String: [UInt64: String]]

  /// Parses a `format` file; nil if it has no number.
  public init?(_ text: String) {
    var identifier: UInt64?
    var fields: [String: Field] = [:]
    var symbols: [String: [UInt64: String]] = [:]
    for line in text.split(separator: "\n") {
      let line = line.drop { $0.isWhitespace }
      if line.hasPrefix("ID:") {
        identifier = UInt64(line.dropFirst(3).drop { $0 == " " })
      } else if line.hasPrefix("field:") {
        guard let (name, field) = Self.field(line) else { continue }
        fields[name] = field
      } else if line.hasPrefix("print fmt:") {
        symbols = Self.symbols(line)
      }
    }
    guard let identifier else { return nil }
    self.identifier = identifier
    self.fields = fields
    self.symbols = symbols
  }

  /// A line such as "field:__data_loc char[] name;	offset:20;	size:4;	signed:0;".
  private static func field(_ line: Substring) -> (String, Field)? {
    var properties: [Substring: Substring] = [:]
    for part in line.split(separator: ";") {
      let part = part.drop { $0.isWhitespace }
      guard let colon = part.firstIndex(of: ":") else { continue }
      properties[part[..<colon]] = part[part.index(after: colon)...]
    }
    guard let declaration = properties["field"], let offset = properties["offset"].flatMap({ Int($0) }),
      let size = properties["size"].flatMap({ Int($0) }), let last = declaration.split(separator: " ").last
    else { return nil }
    let name = last.prefix { $0 != "[" }.drop { $0 == "*" }
    let isDataLocation = declaration.hasPrefix("__data_loc")
    return (String(name), Field(offset: offset, size: size, isDataLocation: isDataLocation))
  }

  /// The tables of a print format: `__print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, …)`.
  private static func symbols(_ line: Substring) -> [String: [UInt64: String]] {
    var symbols: [String: [UInt64: String]] = [:]
    for call in line.split(separator: "__print_symbolic(REC->").dropFirst() {
      let field = call.prefix { $0 != "," }
      var names: [UInt64: String] = [:]
      for entry in call.prefix(while: { $0 != ")" }).split(separator: "{").dropFirst() {
        let parts = entry.prefix { $0 != "}" }.split(separator: ",")
        guard parts.count == 2, let value = UInt64(number: parts[0].filter { $0 != " " }) else { continue }
        names[value] = parts[1].filter { $0 != " " && $0 != "\"" }
      }
      symbols[String(field)] = names
    }
    return symbols
  }

  /// A number in a record; nil if there is no such field, or the record is too short for it.
  public func number(_ name: String, in record: Span<UInt8>) -> UInt64? {
    guard let field = fields[name], field.size <= 8, field.offset + field.size <= record.count else {
      return nil
    }
    var value: UInt64 = 0
    for index in 0..<field.size {
      #if _endian(little)
        value |= UInt64(record[field.offset + index]) << UInt64(8 * index)
      #else
        value = value << 8 | UInt64(record[field.offset + index])
      #endif
    }
    return value
  }

  /// A text in a record, up to its zero byte; nil if there is no such field, or the record is too short.
  public func text(_ name: String, in record: Span<UInt8>) -> String? {
    guard let field = fields[name] else { return nil }
    var (start, count) = (field.offset, field.size)
    if field.isDataLocation {
      guard let location = number(name, in: record) else { return nil }
      (start, count) = (Int(location & 0xffff), Int(location >> 16 & 0xffff))
    }
    guard start + count <= record.count else { return nil }
    var bytes: [UInt8] = []
    for index in start..<start + count where record[index] != 0 { bytes.append(record[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt64 {
  /// A number in decimal, or in hexadecimal after "0x".
  fileprivate init?(number text: String) {
    if text.hasPrefix("0x") { self.init(text.dropFirst(2), radix: 16) } else { self.init(text) }
  }
}
