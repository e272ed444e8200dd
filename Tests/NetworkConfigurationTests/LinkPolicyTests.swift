import NetworkConfiguration
import NetworkTypes
import Observation
import Testing

@Suite struct LinkPolicyTests {
  private let address = MACAddress(0x0242_c100_0001)

  @Test func `what isn't known makes the choice undecided, unless another condition fails`() {
    let cloud = LinkPolicy(file: "a", match: ["Virtualization": "kvm", "OriginalName": "br*"], link: [:])
    let rest = LinkPolicy(file: "b", match: ["OriginalName": "*"], link: [:])
    let bridge = LinkIdentity(name: "br0", kind: "bridge")
    let other = LinkIdentity(name: "eth0", kind: nil)
    #expect(LinkPolicyMatch(of: bridge, in: [cloud, rest]) == .undecided(cloud, needs: "Virtualization="))
    #expect(LinkPolicyMatch(of: other, in: [cloud, rest]) == .policy(rest))
    #expect(LinkPolicyMatch(of: other, in: [cloud]) == .none)
    let driver = LinkPolicy(file: "c", match: ["Driver": "e1000", "Type": "ether"], link: [:])
    #expect(LinkPolicyMatch(of: other, in: [driver]) == .undecided(driver, needs: "its driver, its type"))
    let permanent = LinkPolicy(file: "d", match: ["PermanentMACAddress": "02:42:c1:00:00:01"], link: [:])
    #expect(LinkPolicyMatch(of: bridge, in: [permanent]) == .none)
    let hardware = LinkIdentity(name: "eth0", kind: nil, permanentAddress: address)
    #expect(LinkPolicyMatch(of: hardware, in: [permanent]) == .policy(permanent))
  }

  @Test func `what a policy does depends on who chose the address`() {
    func effects(_ link: [String: String]) -> [LinkAddressEffect] {
      let policy = LinkPolicy(file: "a", match: [:], link: link)
      return [AddressAssignment.permanent, .random, .stolen, .set].map { policy.effect(on: $0) }
    }
    func keeps(_ effects: [LinkAddressEffect]) -> [Bool] {
      effects.map { if case .keeps = $0 { true } else { false } }
    }
    #expect(keeps(effects(["MACAddressPolicy": "persistent"])) == [true, false, true, true])
    #expect(effects(["MACAddressPolicy": "persistent"])[1] == .persists)
    #expect(effects(["MACAddressPolicy": "random"])[0] == .randomises)
    #expect(keeps(effects(["MACAddressPolicy": "random"])) == [false, true, true, true])
    #expect(keeps(effects(["NamePolicy": "keep"])) == [true, true, true, true])
    #expect(effects(["MACAddress": "0242.c100.0001"]) == Array(repeating: .pins(address), count: 4))
    #expect(keeps(effects(["MACAddress": "03:42:c1:00:00:01"])) == [true, true, true, true])
  }
}
