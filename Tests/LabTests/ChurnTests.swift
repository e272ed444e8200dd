import Lab
import NetworkTypes
import Statistics
import Testing

@Suite struct ChurnTests {
  private let churn = Churn(
    lifetime: .milliseconds(200)...(.milliseconds(900)),
    pause: .milliseconds(50)...(.milliseconds(400)),
    parallel: 3
  )

  private func visits(_ churn: Churn, seed: UInt64 = 5) -> [Churn.Visit] {
    var generator = SeededGenerator(seed: seed)
    return churn.visits(within: .seconds(20), in: .founding, using: &generator)
  }

  @Test func `a seed determines all visits`() {
    #expect(visits(churn) == visits(churn))
    #expect(visits(churn) != visits(churn, seed: 6))
  }

  @Test func `visits begin in order, within the time, and last as long as they may`() {
    let visits = visits(churn)
    #expect(visits.count > 30)
    #expect(visits.map(\.joins) == visits.map(\.joins).sorted())
    #expect(visits.allSatisfy { $0.joins >= .milliseconds(50) && $0.joins < .seconds(20) })
    #expect(visits.allSatisfy { churn.lifetime.contains($0.leaves - $0.joins) })
  }

  @Test func `no more containers than places are there at once, and these differ in name, port and address`()
  {
    let visits = visits(churn)
    #expect(Set(visits.map(\.container.portName)).count == visits.count)
    #expect(visits.allSatisfy { $0.container.portName.utf8.count <= 15 })
    for visit in visits {
      let present = visits.filter { $0.joins <= visit.joins && $0.leaves > visit.joins }
      #expect(present.count <= 3)
      #expect(Set(present.flatMap(\.container.addresses)).count == 2 * present.count)
    }
  }

  @Test func `link addresses are random, above, below or chosen`() throws {
    let bound = try #require(MACAddress("56:00:00:00:00:00"))
    func addresses(_ choice: Churn.LinkAddresses) -> [MACAddress] {
      var churn = churn
      churn.linkAddresses = choice
      churn.parallel = 1
      return visits(churn).map(\.container.portAddress)
    }
    let random = addresses(.random)
    #expect(Set(random).count == random.count)
    #expect(random.contains { $0 < bound } && random.contains { $0 > bound })
    #expect(addresses(.above(bound)).allSatisfy { $0 > bound })
    #expect(addresses(.below(bound)).allSatisfy { $0 < bound })
    #expect(addresses(.chosen([bound, .zero])).prefix(4) == [bound, .zero, bound, .zero])
    #expect((random + addresses(.above(bound)) + addresses(.below(bound))).allSatisfy { !$0.isMulticast })
  }

  @Test func `a churn without places, or without time, has no visits`() {
    #expect(visits(Churn(lifetime: .zero...(.zero), pause: .zero...(.zero), parallel: 0)).isEmpty)
    var generator = SeededGenerator(seed: 1)
    #expect(churn.visits(within: .zero, in: .founding, using: &generator).isEmpty)
  }
}
