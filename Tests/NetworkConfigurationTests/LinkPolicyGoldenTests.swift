import NetworkConfiguration
import NetworkTypes
import Observation
import Testing

/// udev's own choices of link policies, beside ours.
@Suite struct LinkPolicyGoldenTests {
  @Test(arguments: GoldenCase.all("links")) func `the policy and what it does are udev's`(
    _ golden: GoldenCase
  ) {
    var files = FileGathering(golden.tree)
    let policies = NetworkdFiles(from: &files, of: .udev).linkPolicies(&files)
    var ours: [String] = []
    for device in golden.devices {
      let given = device.count > 2 ? MACAddress(device[2]) : nil
      let interface = LinkIdentity(name: device[0], kind: device[1], address: given ?? .zero)
      let assignment: AddressAssignment = given == nil ? .random : .set
      let prefix = "\(device[0]) type \(assignment.rawValue) file "
      switch LinkPolicyMatch(of: interface, in: policies) {
      case .none: ours.append(prefix + "none keeps")
      case .undecided(let policy, let what): ours.append(prefix + "\(policy.file) needs \(what)")
      case .policy(let policy):
        let effect =
          switch policy.effect(on: assignment) {
          case .keeps: "keeps"
          case .pins(let address): "static \(address)"
          case .persists: "persistent"
          case .randomises: "random"
          }
        ours.append(prefix + "\(policy.file) \(effect)")
      }
    }
    #expect(ours == golden.golden.filter { !$0.isEmpty })
  }
}
