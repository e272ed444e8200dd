/// All checks, by the catalogue's areas.
public enum Checks {
  /// All, in the order of the catalogue.
  public static let all: [any Check] =
    (linkLayer + addressing + filtering + path + resolver).sorted { $0.entry.number < $1.entry.number }

  /// The check of this id.
  public static func named(_ id: String) -> (any Check)? { all.first { $0.id == id } }
}
