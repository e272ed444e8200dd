public import WireFormat

/// A domain name (RFC 1035, section 3.1): labels of any bytes, in the case in which they came.
///
/// Equality is exact; `matches(_:)` compares as name servers do.
public struct DNSName: Hashable, Sendable {
  /// A name has at most so many bytes on the wire (RFC 1035, section 2.3.4).
  public static let maximumLength = 255
  /// A label has at most so many bytes.
  public static let maximumLabelLength = 63

  /// The wire form without compression: each label after its length, then a zero.
  public let wireForm: [UInt8]

  /// The root.
  public static let root = DNSName(unchecked: [0])

  init(unchecked wireForm: [UInt8]) { self.wireForm = wireForm }

  /// A name of these labels; nil if one is empty or too long, or all are too long together.
  public init?(labels: some Sequence<[UInt8]>) {
    var wireForm: [UInt8] = []
    for label in labels {
      guard (1...Self.maximumLabelLength).contains(label.count) else { return nil }
      wireForm.append(UInt8(label.count))
      wireForm += label
    }
    wireForm.append(0)
    guard wireForm.count <= Self.maximumLength else { return nil }
    self.wireForm = wireForm
  }

  /// A name from its wire form without compression; nil if it is none.
  public init?(wireForm: [UInt8]) {
    var reader = ByteReader(wireForm.span)
    guard let name = try? DNSName(parsing: &reader), name.wireForm == wireForm else { return nil }
    self = name
  }

  /// The labels, the root's empty one left out.
  public var labels: [[UInt8]] {
    var labels: [[UInt8]] = []
    var index = 0
    while wireForm[index] != 0 {
      let end = index + 1 + Int(wireForm[index])
      labels.append(Array(wireForm[index + 1..<end]))
      index = end
    }
    return labels
  }

  /// Reads a name, compressed or not. The reader must be one over the whole message, for pointers count from
  /// its start; it is left after the name's first pointer, or its final zero.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    var wireForm: [UInt8] = []
    wireForm.reserveCapacity(32)
    try reader.walkDNSName { wireForm.append($0) }
    wireForm.append(0)
    self.wireForm = wireForm
  }

  /// Writes the name without compression.
  public func write(to writer: inout ByteWriter) { writer.write(wireForm) }

  /// Whether both names are the same to a name server: ASCII letters in either case are equal (RFC 4343).
  public func matches(_ other: DNSName) -> Bool {
    wireForm.count == other.wireForm.count
      && zip(wireForm, other.wireForm).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }

  /// Whether the name is `origin` or below it.
  public func isWithin(_ origin: DNSName) -> Bool {
    var index = 0
    while wireForm.count - index > origin.wireForm.count { index += 1 + Int(wireForm[index]) }
    // Label lengths are below 64, so lower-casing leaves them alone.
    return wireForm.count - index == origin.wireForm.count
      && zip(wireForm[index...], origin.wireForm).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
  }
}

extension UInt8 {
  /// The byte, an upper-case letter of ASCII in lower case.
  var asciiLowercased: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}
