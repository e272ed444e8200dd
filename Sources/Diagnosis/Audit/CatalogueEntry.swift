/// A cause of the catalogue as a person reads about it: what `doctor --explain` and its page in docs/faults tell.
///
/// Paragraphs are without line breaks.
public struct CatalogueEntry: Hashable, Sendable {
  /// The part of the catalogue.
  public enum Area: String, Hashable, Sendable, CaseIterable {
    case linkLayer, addressing, filtering, path, resolver
  }

  /// Its number in the catalogue.
  public let number: Int
  /// The catalogue's id, the same everywhere.
  public let id: String
  /// What it is, in a line of at most 70 characters.
  public let title: String
  /// The part of the catalogue.
  public let area: Area
  /// How bad it is where it is found.
  public let severity: Severity
  /// What happens, in order.
  public let mechanism: [String]
  /// Why the kernel (or the engine) does so, with the function's or setting's name.
  public let why: String
  /// How to look by hand: commands with a word about what they should show.
  public let byHand: [String]
  /// What is known of where it occurred, and sources: threads in public trackers (m# is moby/moby, k#
  /// kubernetes/kubernetes, sd# systemd/systemd, fl# docker/for-linux), manual pages, kernel files.
  public let sources: [String]

  /// An entry.
  public init(
    number: Int,
    id: String,
    title: String,
    area: Area,
    severity: Severity,
    mechanism: [String],
    why: String,
    byHand: [String] = [],
    sources: [String] = []
  ) {
    self.number = number
    self.id = id
    self.title = title
    self.area = area
    self.severity = severity
    self.mechanism = mechanism
    self.why = why
    self.byHand = byHand
    self.sources = sources
  }
}

/// How bad a finding is.
public enum Severity: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
  /// Worth knowing; hurts nobody by itself.
  case info
  /// Hurts under circumstances that occur.
  case warning
  /// Hurts, or will as soon as containers come and go.
  case critical

  /// From harmless to bad.
  public static func < (left: Severity, right: Severity) -> Bool {
    switch (left, right) {
    case (.info, .warning), (.info, .critical), (.warning, .critical): true
    default: false
    }
  }
}
