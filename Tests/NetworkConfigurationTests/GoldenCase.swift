import FoundationEssentials
import NetworkConfiguration
import Testing

/// Files as a case lays them out, and what the program itself made of them (Fixtures/record).
struct GoldenCase: CustomTestStringConvertible, Sendable {
  let name: String
  let tree: MemoryTree
  /// The lines of "devices": name, kind, and the address that it is made with.
  let devices: [[String]]
  /// What the program said, after the line with the command and the version.
  let golden: [String]
  var testDescription: String { name }

  /// The folder of fixtures.
  static let folder = FilePath.folder(of: #filePath) + "/Fixtures/"

  static func text(_ path: String) -> String {
    (try? String(contentsOfFile: folder + path, encoding: .utf8)) ?? ""
  }

  /// All cases of a program.
  static func all(_ kind: String) -> [GoldenCase] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + kind)) ?? []
    return names.filter { $0.hasSuffix(".case") }.sorted().map { name in
      let stem = "\(kind)/\(name.dropLast(5))"
      return GoldenCase(stem, text(stem + ".case"), text(stem + ".golden"))
    }
  }

  init(_ name: String, _ text: String, _ golden: String) {
    self.name = name
    var tree = MemoryTree()
    var devices: [[String]] = []
    for (title, text) in Self.blocks(text) {
      let parts = title.split(separator: " ").map(String.init)
      if title == "devices" {
        devices = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      } else if parts.count == 3 {
        tree.link(parts[0], to: parts[2])
      } else {
        tree.add(title, text, permissions: 0o600)
      }
    }
    self.tree = tree
    self.devices = devices
    self.golden = golden.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map(String.init)
  }

  /// "== TITLE" and the lines after it, as the recorder takes them apart.
  static func blocks(_ text: String) -> [(title: String, text: String)] {
    var blocks: [(String, [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("== ") {
        blocks.append((String(line.dropFirst(3)), []))
      } else if !blocks.isEmpty {
        blocks[blocks.count - 1].1.append(line)
      }
    }
    return blocks.enumerated().map { index, block in
      let isLast = index == blocks.count - 1
      let text = block.1.joined(separator: "\n")
      return (block.0, text + (isLast || block.1.isEmpty ? "" : "\n"))
    }
  }
}
