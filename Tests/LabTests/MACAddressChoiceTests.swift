import Lab
import NetworkTypes
import Statistics
import Testing

@Suite struct MACAddressChoiceTests {
  private let least = MACAddress(0x0200_0000_0000)
  private let greatest = MACAddress(0xfeff_ffff_ffff)

  private func isOrdinary(_ address: MACAddress) -> Bool {
    !address.isMulticast && address.isLocallyAdministered
  }

  @Test(arguments: 0..<UInt64(20))
  func `below and above a random address are unicast, locally administered ones`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let bound = MACAddress.random(using: &generator)
      let below = MACAddress.unicast(below: bound, using: &generator)
      let above = MACAddress.unicast(above: bound, using: &generator)
      #expect(below < bound && above > bound)
      #expect(isOrdinary(below) && isOrdinary(above))
    }
  }

  @Test func `smaller and smaller addresses end at the least, and greater ones at the greatest`() {
    var generator = SeededGenerator(seed: 1)
    var (low, high) = (MACAddress.broadcast, MACAddress.zero)
    for _ in 0..<200 {
      let (lower, higher) = (
        MACAddress.unicast(below: low, using: &generator), MACAddress.unicast(above: high, using: &generator)
      )
      #expect(lower < low || low == least)
      #expect(higher > high || high == greatest)
      #expect(isOrdinary(lower) && isOrdinary(higher))
      (low, high) = (lower, higher)
    }
    #expect(low == least)
    #expect(high == greatest)
  }

  @Test func `at the edges there is one choice, or none`() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<50 {
      for bound in [MACAddress(0x0200_0000_0001), least, .zero] {
        #expect(MACAddress.unicast(below: bound, using: &generator) == least)
      }
      for bound in [MACAddress(0xfeff_ffff_fffe), greatest, .broadcast] {
        #expect(MACAddress.unicast(above: bound, using: &generator) == greatest)
      }
    }
  }

  @Test func `a seed gives the same addresses again`() {
    var (first, second) = (SeededGenerator(seed: 9), SeededGenerator(seed: 9))
    for _ in 0..<100 {
      let bound = MACAddress.random(using: &first)
      #expect(MACAddress.random(using: &second) == bound)
      #expect(
        MACAddress.unicast(below: bound, using: &first) == MACAddress.unicast(below: bound, using: &second)
      )
    }
  }
}
