internal import Observation

/// A version such as "20.10.24+dfsg1": the numbers before anything else.
struct EngineVersion: Hashable, Comparable {
  let parts: [Int]

  init?(_ text: String) {
    let head = text.drop { $0 == "v" }.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    parts = head.split(separator: ".").compactMap { Int($0) }
    if parts.isEmpty { return nil }
  }

  init(_ parts: Int...) { self.parts = parts }

  static func < (left: EngineVersion, right: EngineVersion) -> Bool {
    let count = max(left.parts.count, right.parts.count)
    func padded(_ parts: [Int]) -> [Int] { parts + Array(repeating: 0, count: count - parts.count) }
    return padded(left.parts).lexicographicallyPrecedes(padded(right.parts))
  }
}

extension EngineSnapshot {
  /// Its version; throws if it couldn't be read or isn't a version.
  func knownVersion() throws(Missing) -> EngineVersion {
    let text = try version.required("the version of \(id)")
    guard let version = EngineVersion(text) else {
      throw Missing(what: "the version of \(id): \"\(text)\" is none")
    }
    return version
  }
}
