import Statistics
import Testing

@Suite struct GeneratorTests {
  // Rosetta Code, "Pseudo-random numbers/Splitmix64": the first five numbers of seed 1234567.
  @Test func `SplitMix64 gives the published sequence`() {
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ]
    )
  }

  // The reference implementation's first numbers from the state {1, 2, 3, 4}, as the rand_xoshiro crate's tests
  // give them.
  @Test func `Xoshiro256** gives the published sequence`() throws {
    var generator = try #require(SeededGenerator(state: (1, 2, 3, 4)))
    let numbers = (0..<10).map { _ in generator.next() }
    #expect(
      numbers == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
        10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
      ]
    )
    let stuck = SeededGenerator(state: (0, 0, 0, 0))
    #expect(stuck == nil)
  }

  @Test func `a seed fills the state through SplitMix64`() throws {
    var filler = SplitMix64(seed: 42)
    var expected = try #require(
      SeededGenerator(state: (filler.next(), filler.next(), filler.next(), filler.next()))
    )
    var generator = SeededGenerator(seed: 42)
    #expect((0..<100).allSatisfy { _ in generator.next() == expected.next() })
  }

  @Test func `bounded numbers are uniform`() {
    var generator = SeededGenerator(seed: 1)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[Int(generator.bounded(by: 6))] += 1 }
    // Chi-square with 5 degrees of freedom: 25.7 is exceeded with probability 10⁻⁴.
    let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(chiSquare < 25.7)
    #expect(generator.bounded(by: 1) == 0)
  }

  @Test func `every order of a shuffle is equally likely`() {
    var generator = SeededGenerator(seed: 2)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      generator.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    // Chi-square with 23 degrees of freedom: 59.7 is exceeded with probability about 4·10⁻⁵.
    let chiSquare = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chiSquare < 59.7)
  }

  @Test func `assignment is balanced, random and repeatable`() {
    var generator = SeededGenerator(seed: 7)
    let assignment = RandomAssignment.balanced(units: 36, arms: 3, using: &generator)
    var again = SeededGenerator(seed: 7)
    #expect(assignment == RandomAssignment.balanced(units: 36, arms: 3, using: &again))
    #expect(assignment != RandomAssignment.balanced(units: 36, arms: 3, using: &again))
    for arm in 0..<3 { #expect(assignment.count { $0 == arm } == 12) }
    let strata = RandomAssignment.stratified(strata: [18, 17], arms: 3, using: &generator)
    let sizes = strata.map { stratum in (0..<3).map { arm in stratum.count { $0 == arm } } }
    #expect(sizes == [[6, 6, 6], [6, 6, 5]])
  }
}
