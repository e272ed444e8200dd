/// What somebody may have meant.
enum Spelling {
  /// The up to three names that are nearest to `text`: those that contain it, then those a few letters away.
  static func nearest(to text: String, among names: [String]) -> [String] {
    let text = text.lowercased()
    let ranked = names.map { name in
      (name: name, distance: !text.isEmpty && name.contains(text) ? 0 : distance(text, name))
    }
    let bound = max(3, text.count / 2)
    return ranked.filter { $0.distance <= bound }.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3).map(\.name)
  }

  /// How many letters have to be put in, taken out or exchanged (Levenshtein).
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in 0..<right.count {
        let cost = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(cost, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}

extension String {
  /// For a terminal: what isn't printable ASCII is shown as a question mark, and no more than 64 characters.
  var harmless: String {
    String(
      prefix(64).map {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0.isPunctuation || $0.isSymbol) ? $0 : "?"
      }
    )
  }

  /// For a terminal: lines in which what isn't printable ASCII is shown as a question mark.
  var printable: String {
    String(
      unicodeScalars.map { $0 == "\n" || (" "..."~").contains($0) ? Character($0) : "?" }
    )
  }
}
