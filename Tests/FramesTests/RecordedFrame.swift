import LinuxSystem
import Testing

/// A real frame with what tshark reads in it (Fixtures/frames.txt, recorded by Fixtures/record.py).
struct RecordedFrame: CustomTestStringConvertible {
  let number: Int
  let fields: [String: String]
  let bytes: [UInt8]

  var testDescription: String { "frame \(number)" }

  static let all: [RecordedFrame] = {
    let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard let text = try? TextFile.read("/\(path)/Fixtures/frames.txt") else { return [] }
    return text.split(separator: "\n\n").dropFirst().enumerated().map { number, block in
      var fields: [String: String] = [:]
      var bytes: [UInt8] = []
      for line in block.split(separator: "\n") {
        if line.hasPrefix("  ") {
          let digits = Array(line.dropFirst(2).utf8)
          bytes += stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
          }
        } else if let separator = line.firstIndex(of: "=") {
          fields[String(line[..<separator])] = String(line[line.index(after: separator)...])
        }
      }
      return RecordedFrame(number: number, fields: fields, bytes: bytes)
    }
  }()
}
