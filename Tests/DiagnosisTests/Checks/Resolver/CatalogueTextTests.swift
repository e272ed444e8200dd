import Testing

@testable import Diagnosis

/// What people read about the causes of the areas path and resolver.
@Suite struct PathAndResolverCatalogueTests {
  private static let entries =
    (Checks.path + Checks.resolver).map(\.entry) + (Unchecked.path + Unchecked.resolver).map(\.entry)

  @Test func `each entry from 42 to 67 is there once, in its area`() {
    #expect(Self.entries.map(\.number).sorted() == Array(42...67))
    #expect(Set(Self.entries.map(\.id)).count == Self.entries.count)
    for entry in Self.entries { #expect(entry.area == (entry.number < 49 ? .path : .resolver)) }
  }

  @Test(arguments: entries)
  func `its text is whole`(entry: CatalogueEntry) {
    #expect(entry.title.count <= 70 && !entry.title.hasSuffix("."))
    #expect(
      entry.mechanism.count >= 2 && !entry.why.isEmpty && !entry.byHand.isEmpty && !entry.sources.isEmpty
    )
    for paragraph in entry.mechanism + [entry.why] {
      #expect(paragraph.hasSuffix(".") && !paragraph.contains("\n") && !paragraph.contains("  "))
    }
    #expect(
      entry.id.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
    )
  }
}
