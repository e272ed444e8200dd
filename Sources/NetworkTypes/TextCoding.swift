/// A value whose encoded form is its text form, so that documents show addresses as people write them.
public protocol TextCodable: Codable, LosslessStringConvertible {}

extension TextCodable {
  /// Decodes the text form; anything else is corrupt data.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\"\(text)\" is no \(Self.self)"
      )
    }
    self = value
  }

  /// Encodes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension MACAddress: TextCodable {}
extension IPAddress: TextCodable {}
extension IPv4Address: TextCodable {}
extension IPv6Address: TextCodable {}
extension IPPrefix: TextCodable {}

extension InterfaceIndex: Codable {
  /// Decodes the number.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(UInt32.self))
  }

  /// Encodes the number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
