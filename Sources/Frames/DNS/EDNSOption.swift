public import WireFormat

/// An option of an OPT record (RFC 6891, section 6.1.2).
///
/// ```
/// | code 2 | length 2 | data |
/// ```
public enum EDNSOption: Hashable, Sendable {
  /// Why there is no better answer (RFC 8914).
  case extendedError(ExtendedDNSError)
  /// Any other option, as it came.
  case unknown(code: UInt16, [UInt8])

  /// Reads an option.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let code = try reader.readBigEndian(UInt16.self, field: "EDNS option")
    let length = Int(try reader.readBigEndian(UInt16.self, field: "EDNS option"))
    if code == ExtendedDNSError.optionCode, length >= 2 {
      let information = try reader.readBigEndian(UInt16.self, field: "extended DNS error")
      let text = try reader.readBytes(length - 2, field: "extended DNS error")
      self = .extendedError(ExtendedDNSError(information, text: text))
    } else {
      self = .unknown(code: code, try reader.readBytes(length, field: "EDNS option"))
    }
  }

  /// Writes the option.
  public func write(to writer: inout ByteWriter) {
    switch self {
    case .extendedError(let error):
      writer.writeBigEndian(ExtendedDNSError.optionCode)
      writer.writeWithLengthBigEndian16 {
        $0.writeBigEndian(error.information)
        $0.write(error.text)
      }
    case .unknown(let code, let bytes):
      writer.writeBigEndian(code)
      writer.writeWithLengthBigEndian16 { $0.write(bytes) }
    }
  }
}
