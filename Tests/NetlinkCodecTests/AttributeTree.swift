/// The attributes of a message in an order of their own, for comparing messages whose attributes come in
/// different orders. Written without the codec, so that it can judge it.
struct AttributeTree: Equatable {
  let header: [UInt8]
  let attributes: [String]

  /// How long the fixed part is, and which attributes hold attributes, by message type.
  init?(message: [UInt8]) {
    let type = Int(message[4]) | Int(message[5]) << 8
    let fixed: Int
    let nests: Set<String>
    switch type {
    case 16...19, 108, 109: (fixed, nests) = (16, ["12", "18", "52", "18.2", "18.5"])
    case 20...22: (fixed, nests) = (8, [])
    case 24...26: (fixed, nests) = (12, ["8"])
    case 28...30: (fixed, nests) = (12, [])
    case 32...34: (fixed, nests) = (12, [])
    case 84...86: (fixed, nests) = (8, ["1", "1.1"])
    default: return nil
    }
    header = Array(message[4..<16 + fixed])
    var found: [String] = []
    Self.collect(message[(16 + fixed)...], "", nests, &found)
    attributes = found.sorted()
  }

  private static func collect(
    _ bytes: ArraySlice<UInt8>,
    _ path: String,
    _ nests: Set<String>,
    _ found: inout [String]
  ) {
    var rest = bytes
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = Int(rest[start]) | Int(rest[start + 1]) << 8
      let type = Int(rest[start + 2]) | Int(rest[start + 3]) << 8
      let value = rest[(start + 4)..<(start + length)]
      let place = path.isEmpty ? "\(type & 0x3fff)" : "\(path).\(type & 0x3fff)"
      if nests.contains(place) {
        found.append("\(place) nested \(type & 0x8000 != 0)")
        collect(value, place, nests, &found)
      } else {
        found.append("\(place) \(rows(Array(value)).joined(separator: " "))")
      }
      rest = rest.dropFirst((length + 3) & ~3)
    }
  }
}
