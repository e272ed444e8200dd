/// One thing that differs between two bridges or two snapshots.
public struct Difference: Hashable, Sendable {
  /// How much it matters to containers.
  public enum Weight: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// By itself it decides whether containers have a network.
    case decisive
    /// It breaks some traffic, or all under circumstances that occur.
    case important
    /// It changes what happens, mostly harmlessly.
    case notable
    /// For completeness.
    case minor

    /// What matters more comes first.
    public static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  /// How much it matters.
  public let weight: Weight
  /// What differs, such as "bridge" or "bridge:br0".
  public let subject: String
  /// In what.
  public let property: String
  /// What the first has; nil if it has nothing of the kind.
  public let left: String?
  /// What the second has.
  public let right: String?
  /// Why it matters, in a sentence.
  public let why: String
  /// Its place among those of the same weight: the smaller, the earlier.
  let rank: Int
}

/// How much it matters that something differs, and why.
struct Significance {
  let weight: Difference.Weight
  let rank: Int
  let why: String

  init(_ weight: Difference.Weight, _ why: String, rank: Int = 50) {
    self.weight = weight
    self.rank = rank
    self.why = why
  }
}
