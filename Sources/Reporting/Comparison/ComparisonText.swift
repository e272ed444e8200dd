/// A comparison for a person to read, what matters most first.
public struct ComparisonText: Sendable {
  private let document: ComparisonDocument
  private let isColoured: Bool

  /// The text of a document; with colour only where the reader is a terminal that wants it.
  public init(_ document: ComparisonDocument, isColoured: Bool = false) {
    self.document = document
    self.isColoured = isColoured
  }

  /// The text, in lines of at most 80 columns.
  public func render() -> String {
    var layout = TextLayout()
    layout.paragraph("\(document.header.tool): compare", bullet: "")
    let sides = [("A", document.left), ("B", document.right)]
    for (letter, side) in sides {
      layout.paragraph(
        "\(side.name) (\(side.host), Linux \(side.kernel), \(side.time.prefix(19))Z)",
        bullet: "\(letter): "
      )
    }
    for spot in document.header.blindSpots {
      layout.paragraph("Not compared: \(spot.hasSuffix(".") ? spot : spot + ".")", bullet: "")
    }
    layout.line()
    let count = document.differences.count
    layout.paragraph(
      count == 0
        ? "The same, in everything that was looked at."
        : "\(Numbers.count(count, "difference")), what matters most first.",
      bullet: ""
    )
    for weight in ComparisonDocument.Weight.allCases {
      let differences = document.differences.filter { $0.weight == weight }
      if differences.isEmpty { continue }
      layout.heading(weight.rawValue)
      for difference in differences { show(difference, &layout) }
    }
    return isColoured ? TextColour.headings(layout.text) : layout.text
  }

  private func show(_ difference: ComparisonDocument.Difference, _ layout: inout TextLayout) {
    layout.paragraph("\(difference.subject): \(difference.property)", bullet: "  - ")
    layout.paragraph(Self.shown(difference.left), bullet: "    A: ")
    layout.paragraph(Self.shown(difference.right), bullet: "    B: ")
    if !difference.why.isEmpty { layout.paragraph(difference.why, bullet: "    ") }
  }

  /// A value, shortened to some lines.
  private static func shown(_ value: String?) -> String {
    guard let value else { return "(none)" }
    let most = 300
    return value.count > most ? value.prefix(most) + " ... (\(value.count) characters)" : value
  }
}
