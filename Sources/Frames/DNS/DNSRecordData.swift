public import NetworkTypes
internal import WireFormat

/// The data of a record. Types that aren't known, and data that is missing, are kept as they came.
public enum DNSRecordData: Hashable, Sendable {
  /// RFC 1035, section 3.4.1.
  case a(IPv4Address)
  /// RFC 3596.
  case aaaa(IPv6Address)
  /// RFC 1035, section 3.3.1.
  case cname(DNSName)
  /// RFC 1035, section 3.3.11.
  case ns(DNSName)
  /// RFC 1035, section 3.3.12.
  case ptr(DNSName)
  /// RFC 1035, section 3.3.9.
  case mx(preference: UInt16, exchange: DNSName)
  /// RFC 1035, section 3.3.13.
  case soa(DNSStartOfAuthority)
  /// RFC 1035, section 3.3.14: strings of at most 255 bytes; longer ones are split on writing.
  case txt([[UInt8]])
  /// RFC 6891, section 6.1.2.
  case opt([EDNSOption])
  /// Anything else.
  case unknown(DNSRecordType, [UInt8])

  /// The type of record that has such data.
  public var type: DNSRecordType {
    switch self {
    case .a: .a
    case .aaaa: .aaaa
    case .cname: .cname
    case .ns: .ns
    case .ptr: .ptr
    case .mx: .mx
    case .soa: .soa
    case .txt: .txt
    case .opt: .opt
    case .unknown(let type, _): type
    }
  }

  /// Reads `length` bytes of data from a reader over the whole message.
  init(
    _ type: DNSRecordType,
    _ class: DNSClass,
    length: Int,
    parsing reader: inout ByteReader
  ) throws(WireError) {
    try reader.require(length, field: "DNS record data")
    let start = reader.offset
    self = try Self.parse(type, `class`, length, &reader)
    guard reader.offset == start + length else {
      throw WireError(.invalidLength(length), offset: start, field: "\(type) record data")
    }
  }

  private static func parse(
    _ type: DNSRecordType,
    _ class: DNSClass,
    _ length: Int,
    _ reader: inout ByteReader
  ) throws(WireError) -> DNSRecordData {
    if type == .opt { return .opt(try parseOptions(length, &reader)) }
    // Other classes give other meanings; updates (RFC 2136) have records without data.
    guard `class` == .internet, length > 0 else { return .unknown(type, try reader.readBytes(length)) }
    switch type {
    case .a: return .a(try reader.readIPv4Address(field: "A record"))
    case .aaaa: return .aaaa(try reader.readIPv6Address(field: "AAAA record"))
    case .cname: return .cname(try DNSName(parsing: &reader))
    case .ns: return .ns(try DNSName(parsing: &reader))
    case .ptr: return .ptr(try DNSName(parsing: &reader))
    case .mx:
      let preference = try reader.readBigEndian(UInt16.self, field: "MX record")
      return .mx(preference: preference, exchange: try DNSName(parsing: &reader))
    case .soa: return .soa(try DNSStartOfAuthority(parsing: &reader))
    case .txt:
      var contents = try reader.readReader(length)
      var strings: [[UInt8]] = []
      while !contents.isAtEnd {
        strings.append(try contents.readBytes(Int(try contents.readByte()), field: "TXT record"))
      }
      return .txt(strings)
    default: return .unknown(type, try reader.readBytes(length))
    }
  }

  private static func parseOptions(_ length: Int, _ reader: inout ByteReader) throws(WireError)
    -> [EDNSOption]
  {
    var contents = try reader.readReader(length)
    var options: [EDNSOption] = []
    while !contents.isAtEnd { options.append(try EDNSOption(parsing: &contents)) }
    return options
  }

  func write(to writer: inout ByteWriter, _ compressor: inout DNSNameCompressor) {
    switch self {
    case .a(let address): writer.write(address)
    case .aaaa(let address): writer.write(address)
    case .cname(let name), .ns(let name), .ptr(let name): compressor.write(name, to: &writer)
    case .mx(let preference, let exchange):
      writer.writeBigEndian(preference)
      compressor.write(exchange, to: &writer)
    case .soa(let soa): soa.write(to: &writer, &compressor)
    case .txt(let strings): strings.forEach { Self.write($0, to: &writer) }
    case .opt(let options): options.forEach { $0.write(to: &writer) }
    case .unknown(_, let bytes): writer.write(bytes)
    }
  }

  private static func write(_ string: [UInt8], to writer: inout ByteWriter) {
    var rest = string[...]
    repeat {
      writer.write(UInt8(min(rest.count, 255)))
      writer.write(rest.prefix(255))
      rest = rest.dropFirst(255)
    } while !rest.isEmpty
  }
}
