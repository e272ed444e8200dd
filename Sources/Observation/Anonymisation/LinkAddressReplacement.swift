internal import NetworkTypes

/// Replaces link addresses so that their order stays: which port of a bridge has the smallest one decides about the
/// founding fault. The first octet stays (it says whether an address is a group's, and whether it was made up).
struct LinkAddressReplacement {
  private let replacements: [MACAddress: MACAddress]

  /// Replacements for these addresses. They depend on all of them: another set has others.
  init(_ key: AnonymisationKey, _ addresses: Set<MACAddress>) {
    var replacements: [MACAddress: MACAddress] = [:]
    let changed = addresses.filter { !$0.isMulticast && $0 != .zero && $0 != .broadcast }
    for group in Dictionary(grouping: changed, by: { $0.rawValue >> 40 }).values {
      let first = (group.first ?? .zero).rawValue & 0xff00_0000_0000
      // As many different numbers as there are addresses, in ascending order.
      var numbers: Set<UInt64> = []
      for address in group.sorted() {
        var number = key.hash("mac", UInt128(address.rawValue), 48) & 0xff_ffff_ffff
        while !numbers.insert(number).inserted { number = (number + 1) & 0xff_ffff_ffff }
      }
      for (address, number) in zip(group.sorted(), numbers.sorted()) {
        replacements[address] = MACAddress(first | number)
      }
    }
    self.replacements = replacements
  }

  /// What stands for an address.
  func address(_ address: MACAddress) -> MACAddress { replacements[address] ?? address }
}
