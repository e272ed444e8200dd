/// A cause of the catalogue that no check looks for, and why not.
public struct UncheckedEntry: Hashable, Sendable {
  /// What it is, how it comes about, and how to look for it by hand.
  public let entry: CatalogueEntry
  /// Why it leaves nothing that a snapshot could hold, in a sentence.
  public let because: String

  init(entry: CatalogueEntry, because: String) {
    self.entry = entry
    self.because = because
  }
}

/// The catalogue's causes without a check; each area's list is in the area's folder.
public enum Unchecked {
  /// All, in the order of the catalogue.
  public static let all: [UncheckedEntry] =
    (linkLayer + addressing + filtering + path + resolver).sorted { $0.entry.number < $1.entry.number }
}
