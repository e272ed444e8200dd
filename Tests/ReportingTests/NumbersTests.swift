import Testing

@testable import Reporting

@Suite struct NumbersTests {
  @Test(arguments: [
    (0, 1, "0.0"), (1, 0, "1"), (1.25, 1, "1.3"), (0.05, 2, "0.05"), (-0.04, 1, "0.0"), (-0.06, 1, "-0.1"),
    (9.99, 1, "10.0"), (-12.5, 3, "-12.500"), (1234.5, 2, "1234.50"),
  ])
  func `numbers have the digits that were asked for`(value: Double, digits: Int, text: String) {
    #expect(Numbers.fixed(value, digits) == text)
  }

  @Test(arguments: [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"), (1e300, "1e+300")])
  func `a number that has no such digits is printed as it is`(value: Double, text: String) {
    #expect(Numbers.fixed(value, 1) == text)
  }

  @Test(arguments: [(0, "0.0 %"), (0.0004, "0.0 %"), (0.0005, "0.1 %"), (0.12345, "12.3 %"), (1, "100.0 %")])
  func `shares are per cent`(share: Double, text: String) { #expect(Numbers.percent(share) == text) }

  @Test(arguments: [
    (1, "1"), (0.9999, "1.000"), (0.5, "0.500"), (0.001, "0.001"), (0.000_999_99, "1.0e-3"),
    (0.000_123, "1.2e-4"), (1e-6, "1.0e-6"), (2.9e-9, "2.9e-9"), (9.96e-10, "1.0e-9"), (0, "0.000"),
    (.leastNonzeroMagnitude, "4.9e-324"),
  ])
  func `small probabilities are in scientific notation`(value: Double, text: String) {
    #expect(Numbers.probability(value) == text)
  }

  @Test func `nouns follow their number`() {
    #expect(Numbers.count(0, "host") == "0 hosts")
    #expect(Numbers.count(1, "host") == "1 host")
    #expect(Numbers.count(2, "host") == "2 hosts")
    #expect(Numbers.count(2, "entry", plural: "entries") == "2 entries")
  }
}
